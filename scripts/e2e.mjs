import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { appCommand } from './lib/app-command.mjs'
import { isRoot } from './lib/child.mjs'
import { isMain } from './lib/is-main.mjs'
import { withOrdinaryUser } from './lib/ordinary-user.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
import { runPlaywright } from './lib/playwright-run.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

const tag = '@ordinary-user'

/**
 * The end-to-end tests on the built app. Tests tagged `@ordinary-user` run with the sandbox on: by
 * whoever calls, or, when that is root, in a second run as an ordinary user.
 * In: `args` for Playwright. Out: `{ code, passed, failed, skipped }` of all runs together.
 */
export async function runE2e(args = []) {
  const folder = mkdtempSync(join(tmpdir(), 'iblai-e2e-'))
  try {
    const here = {
      root: projectRoot,
      node: process.execPath,
      command: appCommand(),
      resultFile: join(folder, 'results.json'),
    }
    if (!isRoot() || process.platform !== 'linux') return await runPlaywright({ ...here, args })
    const main = await runPlaywright({
      ...here,
      args: [`--grep-invert=${tag}`, '--pass-with-no-tests', ...args],
    })
    if (main.code !== 0) return main
    process.stdout.write('\nAs an ordinary user, with the sandbox on:\n')
    return sum(main, await runAsOrdinaryUser(args))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function runAsOrdinaryUser(args) {
  return withOrdinaryUser(async ({ home, ...user }) => {
    const output = join(home, 'tmp', 'test-results')
    const forPlaywright = [`--grep=${tag}`, '--pass-with-no-tests', `--output=${output}`, ...args]
    const result = await runPlaywright({
      ...user,
      resultFile: join(home, 'results.json'),
      args: forPlaywright,
    })
    keep(output)
    return result
  })
}

/** What failing tests left would go with the user's home. */
function keep(output) {
  if (!existsSync(output)) return
  const target = inProject('test-results', 'ordinary-user')
  rmSync(target, { recursive: true, force: true })
  mkdirSync(inProject('test-results'), { recursive: true })
  cpSync(output, target, { recursive: true })
}

function sum(one, other) {
  const { code, ...counts } = other
  const added = Object.entries(counts).map(([name, count]) => [name, count + one[name]])
  return { code: one.code || code, ...Object.fromEntries(added) }
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    await prepare({ uses: ['run', 'headless'] })
    const { code, passed, failed } = await runE2e(process.argv.slice(2))
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
    return code
  })
}
