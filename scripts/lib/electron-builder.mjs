import { existsSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runOrThrow } from './child.mjs'
import { inProject, projectRoot } from './paths.mjs'

const configFile = 'electron.builder.yml'

/** Runs electron-builder with our configuration; rejects with its last lines when it fails. */
export async function electronBuilder(args) {
  const program = inProject('node_modules', 'electron-builder', 'cli.js')
  const onOutput = (piece) => process.stdout.write(piece)
  const line = [program, '--config', configFile, '--publish', 'never', ...args]
  await runOrThrow(process.execPath, line, { cwd: projectRoot, onOutput })
}

/** @returns what the configuration says, for packages that are made in another way. */
export async function builderConfig() {
  const { parse } = await import('yaml')
  return parse(readFileSync(inProject(configFile), 'utf8'))
}

/**
 * Packs the app into a folder under dist/ with the Electron of set-up, fuses and all.
 * In: more arguments for electron-builder. Out: the folder.
 */
export async function packFolder(electron, args = []) {
  await electronBuilder([
    '--dir',
    `-c.electronDist=${dirname(electron.executable)}`,
    `-c.electronVersion=${electron.version}`,
    ...args,
  ])
  const folder = unpackedFolder()
  // The app a runtime runs when it is given a folder has no place in the package.
  if (folder) rmSync(join(folder, 'resources', 'default_app.asar'), { force: true })
  return folder
}

/** electron-builder leaves the processor's name out for the usual one. */
function unpackedFolder() {
  const system = { linux: 'linux', darwin: 'mac', win32: 'win' }[process.platform]
  const names = [`${system}-${process.arch}-unpacked`, `${system}-unpacked`]
  return names.map((name) => inProject('dist', name)).find((folder) => existsSync(folder))
}
