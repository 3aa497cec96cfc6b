import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const longestMs = 60_000

/**
 * A virtual display has no graphics processor. Chromium starts a process for it all the same, which ends
 * at once; a page that asked for it in that moment has been seen to stand still from then on.
 */
const withoutGpu = '--disable-gpu'

/**
 * Starts the app under Playwright. In: `executable`, `args` as for a start by hand, `env`. Out:
 * Playwright's application, whose window may not be there yet.
 *
 * The app is held back until Playwright stands ready. Else Playwright may come to a page in the moment its
 * first document is committed: then it misses that event, and waits for it for ever.
 */
export async function launchApp({ executable, args, env }) {
  // Not at the top: who imports this may not have set up yet.
  const { _electron } = await import('playwright')
  const at = args.findIndex((argument) => !argument.startsWith('-'))
  const held = await heldApp(args[at])
  try {
    return await _electron.launch({
      executablePath: executable,
      args: [...args.with(at, held), withoutGpu],
      env,
      chromiumSandbox: true,
      timeout: longestMs,
    })
  } finally {
    await rm(held, { recursive: true, force: true })
  }
}

/** An app that becomes the one in `folder` once Playwright says `__playwright_run`, as its own loader does. */
async function heldApp(folder) {
  const held = await mkdtemp(join(tmpdir(), 'iblai-profile-held-'))
  const about = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  const { name, productName, version, desktopName } = about
  const main = pathToFileURL(join(folder, about.main)).href
  await writeFile(
    join(held, 'package.json'),
    JSON.stringify({ name, productName, version, desktopName, main: 'main.mjs' }),
  )
  await writeFile(
    join(held, 'main.mjs'),
    `import { app } from 'electron'
const whenReady = app.whenReady.bind(app)
const released = new Promise((release) => (globalThis.__playwright_run = release))
app.whenReady = () => Promise.all([whenReady(), released])
app.setAppPath(${JSON.stringify(folder)})
process.argv[process.argv.indexOf(${JSON.stringify(held)})] = ${JSON.stringify(folder)}
await import(${JSON.stringify(main)})
`,
  )
  return held
}
