import { existsSync } from 'node:fs'
import { run } from './lib/child.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

/**
 * `npm run demo-platform`: the embedded platform alone, in plain Node. It prints its address and
 * token.
 */
await runScript(async () => {
  await prepare({ write: (line) => process.stderr.write(`${line}\n`) })
  const script = inProject('out', 'main', 'demo-platform.js')
  if (!existsSync(script))
    throw new Error('The build has no embedded platform: out/main/demo-platform.js is missing.')
  const { code, signal } = await run(process.execPath, [script, ...process.argv.slice(2)], {
    cwd: projectRoot,
    stdio: 'inherit',
  })
  return signal ? 0 : code
})
