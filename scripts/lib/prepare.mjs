import { setup } from '../setup.mjs'
import { ensureBuild } from './build.mjs'
import { stepLines } from './step-lines.mjs'

/**
 * Sets up and builds, whatever of it is still to do. In: `uses` as in setup, `write` takes the
 * lines.
 */
export async function prepare({ uses, write, build = true } = {}) {
  const { electron } = await setup({ uses, write })
  if (build) await stepLines('set-up', write)('app', () => ensureBuild())
  return { electron }
}

/**
 * Runs the main function of a script: an error becomes its message and exit code 1, a number is the
 * exit code.
 */
export async function runScript(main) {
  try {
    process.exitCode = (await main()) ?? 0
  } catch (error) {
    process.stderr.write(`\n${error.message}\n`)
    process.exitCode = 1
  }
}
