import { run } from './lib/child.mjs'
import { appCommand, appEnvironment } from './lib/app-command.mjs'
import { withHeadlessSession } from './lib/headless-session.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

/** `npm run bench`: measures the built app in a headless session. Arguments go to bench/run.mjs. */
await runScript(async () => {
  await prepare({ uses: ['run', 'headless', 'bench'] })
  return withHeadlessSession({ keyring: 'unlocked' }, async (session) => {
    const env = { ...session, ...appEnvironment(appCommand()) }
    const args = [inProject('bench', 'run.mjs'), ...process.argv.slice(2)]
    return (await run(process.execPath, args, { cwd: projectRoot, env, stdio: 'inherit' })).code
  })
})
