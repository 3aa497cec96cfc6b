import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const room = (path: string) => resolve(import.meta.dirname, 'src', path)

interface ModuleGraph {
  getModuleInfo: (id: string) => { readonly importedIds: readonly string[] } | null
}

/** The file and all it imports as it loads; what it imports later is left out. */
function closureOf(file: string, graph: ModuleGraph): ReadonlySet<string> {
  const found = new Set([room(file)])
  for (const id of found) {
    for (const imported of graph.getModuleInfo(id)?.importedIds ?? []) found.add(imported)
  }
  return found
}

/**
 * The page's way to its first field is two scripts, asked for at once. Left to itself the bundler makes
 * one for every part that two pages share: dozens of small files, in waves that wait for each other.
 */
const chunkOf = (name: string, files: readonly string[]) => ({
  name: (id: string, graph: ModuleGraph) =>
    files.some((file) => closureOf(file, graph).has(id)) ? name : null,
})

const firstForm = [
  'SectionPage.svelte',
  'BasicBody.svelte',
  'controls/ChoicesControl.svelte',
  'controls/FileControl.svelte',
].map((name) => `renderer/features/sections/${name}`)

const startChunks = [
  { ...chunkOf('frame', ['renderer/main.ts']), priority: 2 },
  { ...chunkOf('form', firstForm), priority: 1 },
]

/** Without it the second script is asked for only once the first one runs. */
const preloadForm = {
  name: 'preload-form',
  transformIndexHtml: {
    order: 'post' as const,
    handler: (_html: string, { bundle }: { readonly bundle?: object }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /^assets\/form-[^/]*\.js$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${file}` },
          injectTo: 'head' as const,
        })),
  },
}

/**
 * Of undici what the app uses. Its entry loads all there is, as CommonJS that no bundler can thin out:
 * fetch, caches, WebSocket and mocks are nearly half of it, and would be kept for the life of the app.
 */
const leanUndici = {
  name: 'lean-undici',
  load(id: string) {
    if (!id.endsWith('/node_modules/undici/index.js')) return null
    return `
      const Dispatcher = require('./lib/dispatcher/dispatcher')
      Object.assign(Dispatcher.prototype, require('./lib/api'))
      exports.Agent = require('./lib/dispatcher/agent')
      exports.buildConnector = require('./lib/core/connect')
    `
  },
}

/**
 * Every character of the scripts in ASCII. V8 keeps the text of a script, and takes two bytes for each of
 * its characters if a single one needs them.
 */
const asciiOnly = {
  name: 'ascii-only',
  generateBundle(_options: unknown, bundle: Readonly<Record<string, { code?: string }>>) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.code === undefined) continue
      chunk.code = chunk.code.replace(
        /[^\0-\x7f]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    }
  },
}

// Targets are those of the oldest runtime the build runs on: Electron 33 (Node 20, Chromium 130).
export default defineConfig({
  main: {
    plugins: [leanUndici, asciiOnly],
    build: {
      target: 'node20',
      minify: true,
      // Bundled, so that start-up opens a few files instead of hundreds; keytar is native and stays outside.
      externalizeDeps: { exclude: ['undici', 'electron-store', 'electron-updater', 'valibot'] },
      rolldownOptions: {
        input: {
          index: room('main/index.ts'),
          'demo-platform': room('demo-platform/main.ts'),
          'demo-utility': room('demo-platform/utility.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      minify: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: room('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: room('renderer'),
    plugins: [svelte(), preloadForm, asciiOnly],
    build: {
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      cssCodeSplit: false,
      rolldownOptions: {
        input: room('renderer/index.html'),
        output: { codeSplitting: { groups: startChunks } },
      },
    },
  },
})
