import { relative } from 'node:path'
import { makeDeb } from './lib/deb-package.mjs'
import { packFolder } from './lib/electron-builder.mjs'
import { isMain } from './lib/is-main.mjs'
import { projectRoot } from './lib/paths.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

/**
 * Packs the app and makes a .deb of it with Debian's own tool, without electron-builder's, which are
 * fetched from the network. In: `isQuick` packs fast instead of small. Out: the file's path.
 */
export async function distDeb({ isQuick = false } = {}) {
  const { electron } = await prepare()
  const folder = await packFolder(electron)
  const file = await makeDeb(folder, { isQuick })
  process.stdout.write(`${relative(projectRoot, file)}, with Electron ${electron.version}\n`)
  if (electron.source !== 'official')
    process.stdout.write('That Electron is from the npm registry: to try out, not to release.\n')
  return file
}

/** `npm run dist:deb`; `--quick` for a larger file in less time. */
if (isMain(import.meta.url)) {
  await runScript(async () => {
    await distDeb({ isQuick: process.argv.includes('--quick') })
  })
}
