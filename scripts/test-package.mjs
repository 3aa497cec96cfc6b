import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { distDeb } from './dist-deb.mjs'
import { isRoot, run, runOrThrow } from './lib/child.mjs'
import { isDebian, privilegeToInstall } from './lib/debian-packages.mjs'
import { withFileLock } from './lib/file-lock.mjs'
import { withHeadlessSession } from './lib/headless-session.mjs'
import * as installed from './lib/installed-package.mjs'
import { isMain } from './lib/is-main.mjs'
import { runScript } from './lib/prepare.mjs'
import { isRunning } from './lib/session-processes.mjs'
import { smallPdf } from './lib/small-pdf.mjs'
import { stepLines } from './lib/step-lines.mjs'

const name = 'iblai-profile'
const program = `/usr/bin/${name}`
const appFolder = `/usr/lib/${name}`
/** `nobody`: known to every Linux, owner of nothing. */
const nobody = { uid: 65534, gid: 65534 }
const startMs = 60_000
const selfTestMs = 90_000
const lookMs = 100

const refusedSwitches = [
  '--inspect',
  '--inspect-brk=127.0.0.1:0',
  '--remote-debugging-port=0',
  '--remote-debugging-pipe',
  '--no-sandbox',
  '--js-flags=--expose-gc',
]

/** Each would make something else of a program whose fuses are not set. */
const hostile = { ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/nowhere.js' }

/**
 * Builds the .deb, installs it, uses it from outside as an ordinary user does, with the sandbox on,
 * and removes it. Out: `{ code, passed, failed }`; where it cannot be installed it says why, and
 * nothing is tested.
 */
export function testPackage() {
  const lock = join(tmpdir(), `${name}-package-test.lock`)
  const onWait = () => print('Waiting for another test of the package: one can be installed.')
  return withFileLock(lock, testUnlessMissing, { onWait })
}

async function testUnlessMissing() {
  const missing = await whatIsMissing()
  if (missing) {
    print(`Skipped, the package is not tested: ${missing}`)
    return { code: 0, passed: 0, failed: 0 }
  }
  const tally = { passed: 0 }
  const line = stepLines('package', print)
  const step = async (what, work) => {
    await line(what, async () => ({ state: (await work()) ?? 'good' }))
    tally.passed += 1
  }
  try {
    await buildInstallUse(step)
    return { code: 0, passed: tally.passed, failed: 0 }
  } catch (error) {
    print(error.message)
    return { code: 1, passed: tally.passed, failed: 1 }
  }
}

async function whatIsMissing() {
  if (!isDebian()) return 'it needs Debian or a system derived from it.'
  if (await installed.packageState(name)) return `${name} is installed here; it would be replaced.`
  if (!(await privilegeToInstall())) return 'it needs root, or sudo that asks for no password.'
  return undefined
}

async function buildInstallUse(step) {
  const privilege = await privilegeToInstall()
  const before = await installed.tracesOf(name)
  const file = await distDeb({ isQuick: true })
  try {
    await step('install', () => installed.apt(privilege, ['install', file]))
    await step('files', checkFiles)
    await step('fuses', async () => `${await installed.checkFuses(join(appFolder, name))} as set`)
    await withUser(async (user) => {
      await step('self-test', () => selfTest(user))
      await step('hostile setting', () => selfTest(user, hostile))
      await step('refused switches', () => refuses(user))
      await step('hand-over', () => handsOver(user))
      await step('removal', () => removal(privilege, { before, user }))
    })
  } finally {
    if (await installed.packageState(name)) await installed.apt(privilege, ['remove', name])
  }
}

async function checkFiles() {
  installed.checkSandboxHelper(join(appFolder, 'chrome-sandbox'))
  await runOrThrow('dpkg', ['--verify', name])
  const entry = readFileSync(`/usr/share/applications/${name}.desktop`, 'utf8')
  const types = `MimeType=application/pdf;x-scheme-handler/${name};`
  if (!entry.includes(types) || !entry.includes(`Exec=${program} %U`))
    throw new Error(`The desktop entry is not as it should be:\n${entry}`)
  const files = await installed.filesOf(name)
  const gone = files.filter((path) => !existsSync(path))
  if (gone.length > 0) throw new Error(`Not there: ${gone.join(' ')}`)
  return `${files.length} files`
}

/** A person with a desktop: `work({ env, home, config, identity })`. */
function withUser(work) {
  const identity = isRoot() ? nobody : undefined
  const { PATH, LANG = 'C.UTF-8' } = process.env
  return withHeadlessSession({ identity, env: { PATH, LANG } }, (session) => {
    const home = makeFolder(session.SESSION_FOLDER, 'home', identity)
    const temporary = makeFolder(home, 'tmp', identity)
    const env = { ...session, HOME: home, TMPDIR: temporary }
    const config = join(session.XDG_CONFIG_HOME, 'ibl.ai Profile')
    return work({ env, home, temporary, config, identity })
  })
}

async function selfTest({ env, temporary, identity }, more = {}) {
  const options = { env: { ...env, ...more }, ...identity, timeoutMs: selfTestMs }
  const { code, stdout, output } = await run(program, ['--self-test'], options)
  const report = parsed(stdout)
  const isGood = report?.ok && report.packaged && report.sandboxed
  if (code !== 0 || !isGood) throw new Error(`--self-test ended with ${code}:\n${output}`)
  const left = () => readdirSync(temporary).filter((entry) => entry.includes('self-test'))
  await until(() => left().length === 0, 'The self-test left its folder behind.')
  return `${Object.keys(report.sections.read).length} sections, sandbox on`
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A start that is not refused would test itself, and say so. */
async function refuses({ env, identity }) {
  const options = { env, ...identity, timeoutMs: selfTestMs }
  for (const given of refusedSwitches) {
    const { code, signal, stdout, output } = await run(program, ['--self-test', given], options)
    const isOpen = stdout !== '' || /listening on ws:/i.test(output)
    if (code !== 1 || signal || isOpen) throw new Error(`${given} is not refused: ${output}`)
  }
  return `${refusedSwitches.length} refused`
}

/** A file given to a second start, by name and by address, arrives at the platform of the first. */
async function handsOver({ env, home, config, identity }) {
  const platform = join(config, 'demo-platform')
  const first = spawn(program, ['--demo'], { env, cwd: home, stdio: 'ignore', ...identity })
  try {
    await until(() => existsSync(join(platform, 'platform.json')), 'The app did not start.')
    for (const [file, give] of [
      ['cv.pdf', () => 'cv.pdf'],
      ['my cv.pdf', (path) => pathToFileURL(path).href],
    ]) {
      const path = join(home, file)
      const bytes = smallPdf([`Handed over as ${file}`])
      writeFileSync(path, bytes, { mode: 0o644 })
      const options = { env, cwd: home, ...identity, timeoutMs: startMs }
      await runOrThrow(program, [give(path)], options)
      await until(() => holds(join(platform, 'files'), bytes), `${file} did not arrive.`)
    }
    first.kill('SIGTERM')
    await until(() => !isRunning(first), 'The app did not end when asked to.')
  } finally {
    if (isRunning(first)) first.kill('SIGKILL')
  }
  return 'two files arrived'
}

const holds = (folder, bytes) =>
  existsSync(folder) &&
  readdirSync(folder).some((file) => readIfThere(join(folder, file))?.equals(bytes))

function readIfThere(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

async function removal(privilege, { before, user }) {
  const files = await installed.filesOf(name)
  await installed.apt(privilege, ['remove', name])
  const left = files.filter((path) => existsSync(path))
  const traces = (await installed.tracesOf(name)).filter((path) => !before.includes(path))
  if (left.length + traces.length > 0)
    throw new Error(`Left behind: ${[...left, ...traces].join(' ')}`)
  const kept = ['preferences.json', 'workspaces', 'demo-platform'].filter((entry) =>
    existsSync(join(user.config, entry)),
  )
  if (kept.length < 3) throw new Error(`Of the person's data only ${kept.join(', ')} is left.`)
  return 'nothing left, data kept'
}

async function until(isSo, problem) {
  for (let waited = 0; waited < startMs; waited += lookMs) {
    if (isSo()) return
    await wait(lookMs)
  }
  throw new Error(problem)
}

function makeFolder(parent, folder, identity) {
  const path = join(parent, folder)
  mkdirSync(path, { mode: 0o700 })
  if (identity) chownSync(path, identity.uid, identity.gid)
  return path
}

function print(text) {
  process.stdout.write(`${text}\n`)
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const { code, passed, failed } = await testPackage()
    print(`${passed} passed, ${failed} failed`)
    return code
  })
}
