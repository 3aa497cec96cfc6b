import { dirname } from 'node:path'
import { run } from './lib/child.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
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
  const args = [
    inProject('node_modules', 'electron-builder', 'cli.js'),
    '--dir',
    '--config',
    'electron.builder.yml',
    `-c.electronDist=${dirname(electron.executable)}`,
    `-c.electronVersion=${electron.version}`,
    // The keychain module's binary fits every Electron; rebuilding it would need headers from the network.
    '-c.npmRebuild=false',
    ...process.argv.slice(2),
  ]
  return (await run(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' })).code
})
