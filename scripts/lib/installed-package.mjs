import { existsSync, lstatSync, statSync } from 'node:fs'
import { run, runOrThrow } from './child.mjs'
import { builderConfig } from './electron-builder.mjs'

const aptMs = 10 * 60_000
/** As they stand in the program: the package has no name for them. */
const fuse = { on: '1'.charCodeAt(0), off: '0'.charCodeAt(0) }
const systemFolders = ['/usr', '/etc', '/opt', '/var']

/** What dpkg knows of a package: `installed`, or `undefined`. */
export async function packageState(name) {
  const { code, stdout } = await run('dpkg-query', ['-W', '-f', '${db:Status-Status}', name])
  return code === 0 && stdout !== 'not-installed' ? stdout : undefined
}

/** `apt-get` that asks nothing; `privilege` are the words before a command that needs root. */
export async function apt(privilege, args) {
  const options = ['-q', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300']
  const [command, ...rest] = [
    ...privilege,
    ...['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...options, ...args],
  ]
  await runOrThrow(command, rest, { timeoutMs: aptMs })
}

/** @returns what of this name lies in the folders of the system. */
export async function tracesOf(name) {
  const { stdout } = await run('find', [...systemFolders, '-xdev', '-iname', `*${name}*`])
  return stdout.split('\n').filter((path) => path !== '')
}

/** @returns every file of an installed package, without folders. */
export async function filesOf(name) {
  const { stdout } = await runOrThrow('dpkg', ['-L', name])
  const paths = stdout.split('\n').filter((path) => path !== '' && path !== '/.')
  return paths.filter((path) => !existsSync(path) || !lstatSync(path).isDirectory())
}

/** Throws unless the fuses of a built program are those of the configuration. */
export async function checkFuses(program) {
  const { FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses')
  const wire = await getCurrentFuseWire(program)
  const { electronFuses } = await builderConfig()
  const names = Object.keys(electronFuses)
  const isOther = (name) => {
    const option = FuseV1Options[`${name[0].toUpperCase()}${name.slice(1)}`]
    return wire[option] !== (electronFuses[name] ? fuse.on : fuse.off)
  }
  const others = names.filter(isOther)
  if (others.length > 0) throw new Error(`Fuses not as configured: ${others.join(', ')}`)
  return names.length
}

/** Throws unless the sandbox's helper is root's, with the set-user-id bit. */
export function checkSandboxHelper(path) {
  const { uid, mode } = statSync(path)
  const shown = (mode & 0o7777).toString(8)
  if (uid !== 0 || shown !== '4755') throw new Error(`${path} is ${shown}, of user ${uid}.`)
}
