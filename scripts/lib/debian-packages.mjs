import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { isRoot, lastLines, run } from './child.mjs'

/** Each entry lists the names one package has had, newest first. */
const packages = {
  run: [
    ['libgtk-3-0t64', 'libgtk-3-0'],
    ['libnss3'],
    ['libasound2t64', 'libasound2'],
    ['libgbm1'],
    ['libsecret-1-0'],
    ['libnotify4'],
  ],
  headless: [['xvfb'], ['dbus'], ['gnome-keyring'], ['fonts-inter']],
  bench: [['curl']],
}

const attempts = 3
const pauseMs = 5000
const aptMs = 15 * 60_000

/** @returns whether this is a system whose packages we know by name. */
export function isDebian() {
  return (
    process.platform === 'linux' &&
    existsSync('/etc/debian_version') &&
    existsSync('/usr/bin/dpkg-query')
  )
}

/**
 * Installs the system packages of the given uses (`run`, `headless`, `bench`) that are missing, as
 * root or with a sudo that asks nothing. Otherwise, or when that fails, `advice` is the command the
 * person has to run.
 * @returns `{ state, advice? }`
 */
export async function ensureDebianPackages(uses) {
  const wanted = uses.flatMap((use) => packages[use])
  const missing = await missingPackages(wanted)
  if (missing.length === 0) return { state: `${wanted.length} present` }
  const privilege = await privilegeToInstall()
  if (privilege === undefined)
    return {
      state: `${missing.length} missing`,
      advice: adviceFor(missing.map((names) => names.at(-1))),
    }
  const problem = await install(missing, privilege)
  const left = await missingPackages(wanted)
  if (left.length === 0) return { state: `${missing.length} installed` }
  const names = left.map((alternatives) => alternatives.at(-1))
  return {
    state: `${left.length} could not be installed`,
    advice: `${adviceFor(names)}\n${problem}`.trimEnd(),
  }
}

async function missingPackages(wanted) {
  const names = wanted.flat()
  const { stdout } = await run('dpkg-query', [
    '-W',
    '-f',
    '${Package} ${db:Status-Status}\n',
    ...names,
  ])
  const present = new Set(
    stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  return wanted.filter((alternatives) => !alternatives.some((name) => present.has(name)))
}

/**
 * @returns the words to put before a command that needs root, or `undefined` when there is no such
 * right.
 */
export async function privilegeToInstall() {
  if (isRoot()) return []
  const { code } = await run('sudo', ['-n', 'true'])
  return code === 0 ? ['sudo', '-n'] : undefined
}

async function install(missing, privilege) {
  let problem = ''
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if (attempt > 1) await wait(pauseMs)
    const updated = await apt(privilege, ['update'])
    const names = await Promise.all(missing.map(availableName))
    const installed = await apt(privilege, ['install', '-y', '--no-install-recommends', ...names])
    if (installed.code === 0) return ''
    problem = lastLines(`${updated.code === 0 ? '' : updated.output}${installed.output}`)
  }
  return problem
}

function apt(privilege, args) {
  const [command, ...rest] = [
    ...privilege,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '-q',
    '-o',
    'DPkg::Lock::Timeout=300',
    ...args,
  ]
  return run(command, rest, { timeoutMs: aptMs })
}

async function availableName(alternatives) {
  for (const name of alternatives.slice(0, -1)) {
    const { stdout } = await run('apt-cache', ['show', '--no-all-versions', name])
    if (stdout !== '') return name
  }
  return alternatives.at(-1)
}

function adviceFor(names) {
  const command = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`
  return `Run this as root, then try again:\n  ${isSudoUsual() ? `sudo sh -c '${command}'` : command}`
}

function isSudoUsual() {
  return existsSync('/usr/bin/sudo')
}

/** @returns the shared libraries a program asks for and this computer lacks. */
export async function missingLibraries(executable) {
  const { stdout } = await run('ldd', [executable])
  return stdout
    .split('\n')
    .filter((line) => line.includes('not found'))
    .map((line) => line.trim().split(' ')[0])
}

/** @returns the name of the system, for messages. */
export function systemName() {
  if (!existsSync('/etc/os-release')) return process.platform
  return (
    /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ??
    process.platform
  )
}
