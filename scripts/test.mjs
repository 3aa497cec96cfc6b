import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runE2e } from './e2e.mjs'
import { ensureBuild } from './lib/build.mjs'
import { runScript } from './lib/prepare.mjs'
import { runStages } from './lib/stages.mjs'
import { runVitest } from './lib/vitest-run.mjs'
import { setup } from './setup.mjs'
import { simulateForTest } from './simulate.mjs'
import { testPackage } from './test-package.mjs'

const svelteArgs = ['--tsconfig', 'src/renderer/tsconfig.json', '--fail-on-warnings']

/**
 * In order; those of one group run two at a time. `tool` is a program of node_modules, `run`
 * returns its own counts.
 */
const groups = (folder) => [
  [
    // First, since it takes longer than the others together.
    { name: 'lint', tool: ['eslint', 'bin', 'eslint.js'], args: ['--max-warnings', '0', '.'] },
    { name: 'types', tool: ['typescript', 'bin', 'tsc'], args: ['-b'] },
    { name: 'svelte-check', tool: ['svelte-check', 'bin', 'svelte-check'], args: svelteArgs },
    { name: 'format', tool: ['prettier', 'bin', 'prettier.cjs'], args: ['--check', '.'] },
  ],
  [{ name: 'unit', run: () => runVitest(join(folder, 'vitest.json')) }],
  [{ name: 'simulate', run: () => simulateForTest() }],
  [{ name: 'build', run: build }],
  [{ name: 'e2e', run: () => runE2e() }],
  [{ name: 'package', run: () => testPackage() }],
]

async function build() {
  const { state } = await ensureBuild({ onOutput: (piece) => process.stdout.write(piece) })
  process.stdout.write(`${state}\n`)
  return { code: 0 }
}

/** `npm test`: everything, stopping at the first failure; `--only=unit,e2e` for some of it. */
await runScript(async () => {
  const only = process.argv
    .find((argument) => argument.startsWith('--only='))
    ?.slice('--only='.length)
    .split(',')
  await setup({ uses: ['run', 'headless'] })
  const folder = mkdtempSync(join(tmpdir(), 'iblai-test-'))
  try {
    return await runStages(groups(folder), { only })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
