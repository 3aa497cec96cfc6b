import { packFolder } from './lib/electron-builder.mjs'
import { prepare, runScript } from './lib/prepare.mjs'

/**
 * `npm run dist:dir`: packs the app into a folder under dist/. Arguments go to electron-builder.
 */
await runScript(async () => {
  const { electron } = await prepare()
  if (electron.source !== 'official') {
    process.stdout.write(
      `Packed with Electron ${electron.version} from the npm registry: to try out, not to release.\n`,
    )
  }
  await packFolder(electron, process.argv.slice(2))
})
