import { appCommand } from './lib/app-command.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

/**
 * Prints how to start the built app, as JSON alone: `{ "executable", "args", "version" }`. The rest
 * goes to stderr.
 */
await runScript(async () => {
  await prepare({ write: (line) => process.stderr.write(`${line}\n`) })
  process.stdout.write(`${JSON.stringify(appCommand(), undefined, 2)}\n`)
})
