import { run } from './lib/child.mjs'
import { appCommand } from './lib/app-command.mjs'
import { prepare, runScript } from './lib/prepare.mjs'
import { runTour } from './tour.mjs'

/**
 * `npm start`: sets up, builds, and opens the app on the demo workspace; on a computer without a
 * display the guided tour runs instead. `--tour` asks for the tour, `--no-build` takes `out/` as it
 * is; other arguments go to the app.
 */
await runScript(async () => {
  const given = process.argv.slice(2)
  const forApp = given.filter((argument) => !['--tour', '--no-build'].includes(argument))
  const isTour = given.includes('--tour') || !hasDisplay()
  await prepare({
    uses: isTour ? ['run', 'headless'] : ['run'],
    build: !given.includes('--no-build'),
  })
  return isTour ? runTour() : openApp(forApp)
})

async function openApp(forApp) {
  const { executable, args } = appCommand()
  const { code, signal } = await run(executable, [...args, '--demo', ...forApp], {
    stdio: 'inherit',
  })
  return signal ? 1 : code
}

function hasDisplay() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY)
}
