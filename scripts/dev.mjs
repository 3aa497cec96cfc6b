import { run } from './lib/child.mjs'
import { electronRuntime, electronSwitches } from './lib/electron-runtime.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
import { runScript } from './lib/prepare.mjs'
import { setup } from './setup.mjs'

/** `npm run dev`: the app with live reload. Arguments go to the app. */
await runScript(async () => {
  await setup()
  const env = { ...process.env, ELECTRON_EXEC_PATH: electronRuntime().executable }
  const builder = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const args = [builder, 'dev', '--', ...electronSwitches(), ...process.argv.slice(2)]
  return (await run(process.execPath, args, { cwd: projectRoot, env, stdio: 'inherit' })).code
})
