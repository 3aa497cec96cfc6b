import { existsSync, readFileSync } from 'node:fs'
import { run } from './child.mjs'
import { inProject, projectRoot } from './paths.mjs'

/** Runs the unit and component tests. In: where the counts go. Out: `{ code, passed, failed }`. */
export async function runVitest(resultFile, args = []) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`]
  const line = [inProject('node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...args]
  const { code } = await run(process.execPath, line, { cwd: projectRoot, stdio: 'inherit' })
  if (!existsSync(resultFile)) return { code }
  const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(
    readFileSync(resultFile, 'utf8'),
  )
  return { code, passed, failed }
}
