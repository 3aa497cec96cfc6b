import { electronBuilder } from './lib/electron-builder.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

/**
 * `npm run dist`: the packages of a release for this system, in dist/. Needs Electron's own binaries
 * and electron-builder's tools from the network. Arguments go to electron-builder.
 */
await runScript(async () => {
  const { electron } = await prepare()
  if (electron.source !== 'official') {
    throw new Error(
      `A release is packed with Electron's own binaries, which could not be downloaded here.\n` +
        `To try the package out: npm run dist:deb, or npm run dist:dir.`,
    )
  }
  await electronBuilder(process.argv.slice(2))
})
