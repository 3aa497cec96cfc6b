import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { DevTools } from './devtools.mjs'
import { endProcess } from './end-process.mjs'
import { readJsonLines } from './json-lines.mjs'

const patienceMs = 60_000

/**
 * Starts an app the one way both sides are started: the runtime, its switches, a folder.
 * In: `{ executable, switches, folder, userData, env }`; `page`, a script for the window's page,
 * which runs before anything of the page does; `onValue` hears each JSON line the app prints.
 * Out: `{ spawnedAt, child, ready, told, detach, end }`. `told(name)` waits until the page's script tells
 * `{ name, … }` and resolves with that object; `ready()` waits for "listening", sends one real key
 * and waits for "ready"; `detach()` leaves the page alone from then on.
 */
export async function launch({ executable, switches, folder, userData, env, page, onValue }) {
  const args = [...switches, '--remote-debugging-port=0', folder, `--user-data-dir=${userData}`]
  const spawnedAt = epochMs()
  const child = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  if (onValue) readJsonLines(child.stdout, onValue)
  else child.stdout.resume()
  const output = []
  try {
    const devTools = await DevTools.connect(await devToolsAddress(child, output))
    const tellings = new Tellings()
    const session = await attachToPage(devTools, { page, tellings })
    const told = (name) => tellings.wait(name, output)
    const ready = async () => {
      await told('listening')
      await pressKey(devTools, session)
      return told('ready')
    }
    const detach = () => devTools.close()
    const end = async () => {
      detach()
      await endProcess(child)
    }
    return { spawnedAt, child, detach, end, ready, told }
  } catch (error) {
    await endProcess(child)
    throw error
  }
}

/** Milliseconds since 1970 with fractions, on the clock that pages count from too. */
export const epochMs = () => performance.timeOrigin + performance.now()

function devToolsAddress(child, output) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      output.push(line)
      const found = /^DevTools listening on (ws:\S+)/.exec(line)
      if (found) resolve(found[1])
    })
    child.once('error', reject)
    child.once('exit', (code) =>
      reject(new Error(`the app ended with ${code}:\n${output.slice(-10).join('\n')}`)),
    )
  })
}

/**
 * Without stopping anything: the script is put in for the document to come, and run in the one that
 * may be there already. It does nothing the second time.
 */
async function attachToPage(devTools, { page, tellings }) {
  const found = new Promise((resolve) => {
    devTools.on('Target.targetCreated', ({ targetInfo }) => {
      if (targetInfo.type === 'page') resolve(targetInfo.targetId)
    })
  })
  devTools.on('Runtime.bindingCalled', ({ payload }) => tellings.add(JSON.parse(payload)))
  await devTools.send('Target.setDiscoverTargets', { discover: true })
  const targetId = await found
  const { sessionId } = await devTools.send('Target.attachToTarget', { targetId, flatten: true })
  await Promise.all([
    devTools.send('Runtime.enable', {}, sessionId),
    devTools.send('Page.enable', {}, sessionId),
    devTools.send('Runtime.addBinding', { name: 'benchTellText' }, sessionId),
    devTools.send('Page.addScriptToEvaluateOnNewDocument', { source: page }, sessionId),
    // Refused while there is no document yet; then the line above is what counts.
    devTools.send('Runtime.evaluate', { expression: page }, sessionId).catch(() => undefined),
  ])
  return sessionId
}

/** A key that changes nothing in a field, so that every run finds what the last one found. */
async function pressKey(devTools, sessionId) {
  const key = { key: 'End', code: 'End', windowsVirtualKeyCode: 35 }
  await devTools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }, sessionId)
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }, sessionId)
}

/** What the page has told, and who waits for it. */
class Tellings {
  #told = new Map()
  #waiting = new Map()

  add(telling) {
    this.#told.set(telling.name, telling)
    this.#waiting.get(telling.name)?.(telling)
  }

  wait(name, output) {
    const told = this.#told.get(name)
    if (told) return Promise.resolve(told)
    return new Promise((resolve, reject) => {
      const late = () =>
        reject(new Error(`the page never told "${name}":\n${output.slice(-10).join('\n')}`))
      const timer = setTimeout(late, patienceMs)
      this.#waiting.set(name, (telling) => {
        clearTimeout(timer)
        resolve(telling)
      })
    })
  }
}
