import { readdirSync } from 'node:fs'
import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import svelteConfig from './svelte.config.js'

/** A line between rooms: files of `room` may not import what matches `banned`. */
const wall = (room, banned, message, more = {}) => ({
  files: [`src/${room}/**/*.ts`, `src/${room}/**/*.svelte`],
  ignores: ['**/*.test.ts', ...(more.ignores ?? [])],
  rules: {
    'no-restricted-imports': ['error', { patterns: banned.map((regex) => ({ regex, message })) }],
  },
})

const node = '^node:'
const electron = '^electron$'
/** For no part of the page. Of two walls around one room the later alone counts, so that it names these too. */
const behindPage = [node, electron, '/(main|preload|demo-platform)/']

const features = readdirSync(new URL('src/renderer/features', import.meta.url), {
  withFileTypes: true,
})
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

const noEffects = [
  { name: 'fetch', message: 'Requests go through an adapter of main.' },
  { name: 'setTimeout', message: 'Use the Clock port.' },
  { name: 'setInterval', message: 'Use the Clock port.' },
  { name: 'console', message: 'Use the Log port.' },
]

export default ts.config(
  {
    ignores: ['node_modules', 'out', 'dist', 'tour', '.tsbuild', 'test-results', 'bench/results'],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [ts.configs.strictTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      // Handlers are passed as plain functions throughout; none of them uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // The compiler asks for brackets on index signatures (`noPropertyAccessFromIndexSignature` style).
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'prefer-const': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
        { selector: 'ExportDefaultDeclaration', message: 'Use named exports.' },
      ],
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        svelteConfig,
      },
    },
    rules: {
      'svelte/no-at-html-tags': 'error',
      'svelte/no-target-blank': 'error',
      'max-lines-per-function': 'off',
      'prefer-const': 'off',
    },
  },
  { files: ['src/**/*.svelte'], rules: { 'max-lines': ['error', { max: 150 }] } },
  wall(
    'shared',
    [node, electron, '/(main|preload|renderer|demo-platform)/', '^undici', '^svelte'],
    'shared is pure: no Node, no DOM, no Electron, no other room.',
  ),
  {
    files: ['src/shared/**/*.ts', 'src/main/app/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Time comes in as a value.' },
        ...noEffects,
      ],
    },
  },
  wall(
    'main/app',
    [node, electron, '/adapters/', '/shell/', '^undici', '^keytar', '/ipc/register'],
    'Use cases know ports only.',
  ),
  wall(
    'main/adapters',
    ['/app/', '/shell/', electron],
    'Adapters know shared, Node and their one library.',
  ),
  wall('main/shell', ['/adapters/'], 'The shell knows use cases by their types only.'),
  wall('main/ipc', ['/adapters/', '/shell/'], 'IPC knows the contract and nothing behind it.'),
  wall(
    'preload',
    [node, '/(main|renderer|demo-platform)/'],
    'preload knows the contract and Electron’s renderer half.',
  ),
  wall(
    'demo-platform',
    [electron, '/(main|preload|renderer)/', '/shared/(?!result)', '^undici'],
    'The demo platform shares no wire code with the client it tests.',
  ),
  wall('renderer', behindPage, 'The page talks to main through its client.'),
  wall(
    'renderer/ui',
    [...behindPage, '/(client|state|features)/', '/shared/'],
    'The component kit knows no word of the domain.',
  ),
  wall(
    'renderer/state',
    [...behindPage, '/features/', '/ui/'],
    'State knows shared and the client.',
  ),
  ...features.map((feature) => {
    const others = features.filter((other) => other !== feature).join('|')
    return wall(
      `renderer/features/${feature}`,
      [...behindPage, `^(\\.\\./)+(${others})/`, '/frame/'],
      'A feature knows no other; what two need is in state, and the frame puts them together.',
    )
  }),
  {
    files: ['**/*.test.ts', 'tests/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/no-empty-function': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '*.config.ts', 'bench/**', 'scripts/**'],
    languageOptions: { globals: globals.node },
    rules: { 'no-restricted-syntax': 'off' },
  },
)
