/**
 * The small app Electron runs when it is given a folder (`electron <folder>`), for runtimes that
 * come without one.
 *
 * Its entry is an ES module that awaits the import of the app's own: Electron holds `ready` back
 * until the entry has loaded, so the app can still do what must be done before `ready`, such as
 * registering its scheme.
 */
export const defaultAppFiles = {
  'package.json': JSON.stringify({ name: 'electron', productName: 'Electron', main: 'main.mjs' }),
  'main.mjs': `
import { app } from 'electron'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (folder === undefined) {
  console.error('Usage: electron [switches] <app folder>')
  app.exit(1)
} else {
  process.defaultApp = true
  const path = resolve(folder)
  try {
    const about = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    const name = about.productName ?? about.name
    if (about.version) app.setVersion(about.version)
    if (name) app.name = name
    app.setDesktopName?.(about.desktopName ?? app.name + '.desktop')
    app.setAppPath(path)
    await import(pathToFileURL(join(path, about.main ?? 'index.js')).href)
  } catch (error) {
    console.error('The app in ' + path + ' could not be started.')
    console.error(error)
    app.exit(1)
  }
}
`,
}
