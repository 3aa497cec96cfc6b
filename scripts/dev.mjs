import { watch } from 'node:fs'
import { appCommand } from './lib/app-command.mjs'
import { ensureBuild } from './lib/build.mjs'
import { run } from './lib/child.mjs'
import { inProject } from './lib/paths.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

const settleMs = 300

/**
 * `npm run dev`: the app on the demo workspace, built anew and started again whenever a source
 * changes. It always runs as built, from its own scheme and under its content policy. Arguments go
 * to the app; ends when the app is quit.
 */
await runScript(async () => {
  await prepare()
  let child
  let restarts = 0
  let timer
  const watcher = watch(inProject('src'), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(rebuild, settleMs)
  })
  async function rebuild() {
    try {
      await ensureBuild()
    } catch (problem) {
      process.stdout.write(`${problem.message}\n`)
      return
    }
    restarts += 1
    child?.kill()
  }
  for (;;) {
    const before = restarts
    const { executable, args } = appCommand()
    const { code } = await run(executable, [...args, '--demo', ...process.argv.slice(2)], {
      stdio: 'inherit',
      onStart: (started) => (child = started),
    })
    if (restarts === before) {
      watcher.close()
      return code
    }
  }
})
