import { withCheckoutLock } from './lib/checkout-lock.mjs'
import {
  ensureDebianPackages,
  isDebian,
  missingLibraries,
  systemName,
} from './lib/debian-packages.mjs'
import { ensureElectronRuntime } from './lib/electron-runtime.mjs'
import { isMain } from './lib/is-main.mjs'
import { ensureKeychainModule, ensureNodeModules } from './lib/node-modules.mjs'
import { sandboxAdvice } from './lib/sandbox-advice.mjs'
import { stepLines } from './lib/step-lines.mjs'

const oldestNode = [20, 19]

/**
 * Makes this computer ready to build, run and test the app; does only what is still to do and
 * prints one line per step.
 * In: `uses` says what for (`run` always, `headless` for a virtual display, `bench` for measuring),
 * `refresh` asks for the official Electron again, `write` takes the lines.
 * Out: `{ electron: { executable, version, source } }`; rejects when something needed is missing.
 */
export async function setup({ uses = ['run'], refresh = false, write } = {}) {
  const print = write ?? ((line) => process.stdout.write(`${line}\n`))
  const step = stepLines('set-up', print)
  const say = (text) => print(`set-up  ${text}`)
  const waiting = (pid) => say(`waiting for another set-up (process ${pid})`)
  await step('Node', checkNode)
  await withCheckoutLock('packages', () => step('packages', packages), { onWait: waiting })
  const advice = await step('system libraries', () => systemPackages(uses))
  if (advice) say(advice)
  await step('keychain module', keychainState)
  const electron = await step('Electron', async () => {
    const runtime = await ensureElectronRuntime({ refresh, onWait: waiting })
    return { state: `${runtime.version}, ${runtime.source}`, value: runtime }
  })
  await checkLibraries(electron.executable, advice)
  const forSandbox = sandboxAdvice(electron.executable)
  if (forSandbox) say(forSandbox)
  return { electron }
}

async function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const isOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])
  if (isOld)
    throw new Error(
      `Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`,
    )
  return { state: process.versions.node }
}

async function packages() {
  return { state: await ensureNodeModules() }
}

async function systemPackages(uses) {
  if (process.platform !== 'linux') return { state: 'not needed here' }
  if (!isDebian()) return { state: `not managed on ${systemName()}` }
  const { state, advice } = await ensureDebianPackages(uses)
  return { state, value: advice }
}

/**
 * Without libsecret the module cannot load; the app then runs without a keychain, so this is no
 * reason to stop.
 */
async function keychainState() {
  try {
    return { state: await ensureKeychainModule() }
  } catch {
    return { state: 'does not load: the app will run without a keychain' }
  }
}

async function checkLibraries(executable, advice) {
  if (process.platform !== 'linux') return
  const missing = await missingLibraries(executable)
  if (missing.length === 0) return
  throw new Error(
    [`Electron cannot start, these libraries are missing: ${missing.join(' ')}`, advice]
      .filter(Boolean)
      .join('\n'),
  )
}

if (isMain(import.meta.url)) {
  const refresh = process.argv.includes('--refresh')
  try {
    await setup({ uses: ['run', 'headless'], refresh })
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}
