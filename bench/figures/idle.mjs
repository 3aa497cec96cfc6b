import { setTimeout as wait } from 'node:timers/promises'
import { startTrayHost } from '../../scripts/lib/tray-host.mjs'
import { connectToDisplay } from '../../scripts/lib/x-client.mjs'
import { repeated, single } from '../lib/figure.mjs'
import { launch } from '../lib/launch.mjs'
import { appPage } from '../lib/page-scripts.mjs'
import { newSwitches, treeCpuMs, treeOwn, treePss, treeSwitches } from '../lib/process-tree.mjs'
import { lineSlope } from '../lib/statistics.mjs'
import { closeToTray } from '../lib/tray-window.mjs'

const settleMs = 60_000
const leastSamples = 12
const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** A shorter run tells little about growth: the collector of garbage comes as it likes. */
const judgedFromMinutes = 30

/**
 * The app with its window closed to the tray and nothing to do but what it does by itself: processor,
 * wake-ups and memory of all processes, once a minute or more often.
 * In: `minutes`, how long after the window was closed and a minute has passed.
 */
export async function measureIdle({ session, minutes, onPair }) {
  const start = await session.connectedApp()
  const tray = await startTrayHost(session.env.DBUS_SESSION_BUS_ADDRESS)
  const display = await connectToDisplay(session.env)
  const running = await launch({ ...start, page: appPage })
  try {
    await running.ready()
    await tray.waitForItem()
    await closeToTray(running, display)
    running.detach()
    await wait(settleMs)
    return figuresOf(await samplesOf(running.child, { minutes, onPair }), minutes)
  } finally {
    await running.end()
    display.close()
    tray.close()
  }
}

async function samplesOf(child, { minutes, onPair }) {
  const count = Math.max(leastSamples, Math.ceil(minutes))
  const samples = [sampleOf(child.pid)]
  for (let index = 1; index <= count; index += 1) {
    await wait((minutes * minuteMs) / count)
    if (child.exitCode !== null) throw new Error('the app has ended')
    samples.push(sampleOf(child.pid))
    onPair?.(index, count)
  }
  return samples
}

const sampleOf = (pid) => ({
  at: performance.now(),
  mib: treePss(pid).mib,
  ownMib: treeOwn(pid),
  cpuMs: treeCpuMs(pid),
  switches: treeSwitches(pid),
})

function figuresOf(samples, minutes) {
  const steps = samples.slice(1).map((after, index) => stepOf(samples[index], after))
  const [first, last] = [samples[0], samples.at(-1)]
  const overall = (key) => steps.reduce((sum, step) => sum + step[key], 0) / (last.at - first.at)
  const hours = samples.map(({ at }) => (at - first.at) / hourMs)
  const perHour = lineSlope(
    hours,
    samples.map(({ ownMib }) => ownMib),
  )
  return [
    single({
      name: `idle in the tray, ${minutes} min: processor`,
      unit: '% of a core',
      value: 100 * overall('cpuMs'),
      limits: { target: 0.5, never: 1 },
      detail: { percentPerSample: steps.map(({ cpuMs, ms }) => (100 * cpuMs) / ms) },
    }),
    repeated({
      name: 'wake-ups of all threads',
      unit: 'per s',
      values: steps.map(({ switches, ms }) => (1000 * switches) / ms),
    }),
    repeated({
      name: 'memory (PSS) of all processes',
      unit: 'MiB',
      values: samples.map(({ mib }) => mib),
    }),
    single({
      name: 'own memory at the end less after settling',
      unit: 'MiB',
      value: last.ownMib - first.ownMib,
      detail: { ownMib: samples.map(({ ownMib }) => ownMib) },
    }),
    single({
      name: 'the slope of it',
      unit: 'MiB per h',
      value: perHour,
      limits: minutes >= judgedFromMinutes ? { target: 1, never: 5 } : undefined,
    }),
  ]
}

const stepOf = (before, after) => ({
  ms: after.at - before.at,
  cpuMs: after.cpuMs - before.cpuMs,
  switches: newSwitches(before.switches, after.switches),
})
