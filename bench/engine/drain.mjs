import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { cpSync, rmSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createWorld } from './world.mjs'

const patienceMs = 180_000

/** The coarsest that Node's own figure allows to call p99 of a busy process. */
const resolutionMs = 5

/**
 * Sends what waits in a copy of the prepared workspace, from opening it.
 * @returns `{ ms, loop, requests }`: until the queue was empty; delays of the event loop meanwhile, in
 * ms; with `isRecorded`, what was sent.
 */
export async function drain(parts, { prepared, root, target, isRecorded }) {
  rmSync(root, { recursive: true, force: true })
  cpSync(prepared, root, { recursive: true })
  const emptied = whenTold()
  const world = createWorld(parts, { root, target, onTold: () => emptied.look() })
  await world.workspaces.openLast()
  const { engine } = world.workspaces.session
  const recording = isRecorded ? recordRequests() : undefined
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  const startedAt = performance.now()
  engine.wake()
  await emptied.wait(
    () => engine.state().outbox.length === 0,
    () => stuckOf(engine.state()),
  )
  const ms = performance.now() - startedAt
  delay.disable()
  const requests = recording?.end()
  await world.workspaces.close()
  return { ms, loop: loopOf(delay), requests }
}

const loopOf = (delay) => ({
  p99: delay.percentile(99) / 1e6,
  p50: delay.percentile(50) / 1e6,
  max: delay.max / 1e6,
})

/** What an idle process measures of itself. */
export async function idleLoop({ ms }) {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  await new Promise((resolve) => setTimeout(resolve, ms))
  delay.disable()
  return loopOf(delay)
}

function whenTold() {
  let look = () => undefined
  return {
    look: () => look(),
    wait: (isDone, trouble) =>
      new Promise((resolve, reject) => {
        const late = () => reject(new Error(`the queue does not empty: ${trouble()}`))
        const timer = setTimeout(late, patienceMs)
        look = () => {
          if (!isDone()) return
          clearTimeout(timer)
          resolve()
        }
      }),
  }
}

const stuckOf = ({ outbox }) =>
  JSON.stringify(outbox.slice(0, 3).map(({ section, op, state }) => ({ section, op, state })))

/**
 * Hears of each request from undici itself. `after`: how many answers had come whole when it was
 * sent, which is what it may have waited for.
 */
function recordRequests() {
  const requests = []
  let answered = 0
  const created = ({ request }) => {
    const { method, path, body, headers } = request
    requests.push({ method, path, body, headers: pairsOf(headers), after: answered })
  }
  const ended = () => (answered += 1)
  subscribe('undici:request:create', created)
  subscribe('undici:request:trailers', ended)
  return {
    end: () => {
      unsubscribe('undici:request:create', created)
      unsubscribe('undici:request:trailers', ended)
      return requests
    },
  }
}

/** Name, value, name, value …; what the library adds by itself it will add again. */
function pairsOf(flat) {
  const names = flat.filter((_, index) => index % 2 === 0)
  return Object.fromEntries(names.map((name, index) => [name, flat[index * 2 + 1]]))
}
