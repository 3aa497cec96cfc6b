import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './child.mjs'
import { appEnvironment } from './app-command.mjs'

/**
 * Runs the end-to-end tests once, with the app started by `command`. They make their own desktop.
 * In: `root` is the checkout, `node` the Node to use, `resultFile` where the counts go, `args` for
 * Playwright, `env` and `identity` for another user. Out: `{ code, passed, failed, skipped }`.
 */
export async function runPlaywright({
  root,
  node,
  command,
  resultFile,
  args,
  env = process.env,
  identity,
}) {
  const line = [
    join(root, 'node_modules', 'playwright', 'cli.js'),
    'test',
    '-c',
    join('tests', 'e2e', 'playwright.config.ts'),
  ]
  const forTests = { ...env, ...appEnvironment(command), PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile }
  const options = { cwd: root, env: forTests, stdio: 'inherit', ...identity }
  const { code } = await run(node, [...line, '--reporter=list,json', ...args], options)
  return { code, ...countsOf(resultFile) }
}

function countsOf(resultFile) {
  if (!existsSync(resultFile)) return { passed: 0, failed: 0, skipped: 0 }
  const { stats } = JSON.parse(readFileSync(resultFile, 'utf8'))
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped }
}
