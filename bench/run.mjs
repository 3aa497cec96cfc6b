import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { join, relative } from 'node:path'
import { inProject, projectRoot } from '../scripts/lib/paths.mjs'
import { runScript } from '../scripts/lib/prepare.mjs'
import { readArguments } from './arguments.mjs'
import { measureDrain } from './figures/drain.mjs'
import { measureDurable } from './figures/durable.mjs'
import { measureGrowth } from './figures/growth.mjs'
import { measureIdle } from './figures/idle.mjs'
import { measureLoop } from './figures/loop.mjs'
import { measureMemory } from './figures/memory.mjs'
import { measureMessages } from './figures/messages.mjs'
import { measureOfflineStart } from './figures/offline-start.mjs'
import { measureSize } from './figures/size.mjs'
import { measureStartGrowth } from './figures/start-growth.mjs'
import { measureStart } from './figures/start.mjs'
import { measureTrayShow } from './figures/tray-show.mjs'
import { measureUpload } from './figures/upload.mjs'
import { BenchSession } from './lib/bench-session.mjs'
import { tableOf } from './lib/table.mjs'

/** In the order in which they run. */
const groups = {
  start: measureStart,
  'offline-start': measureOfflineStart,
  'start-growth': measureStartGrowth,
  'tray-show': measureTrayShow,
  memory: measureMemory,
  upload: measureUpload,
  drain: measureDrain,
  durable: measureDurable,
  loop: measureLoop,
  growth: measureGrowth,
  size: measureSize,
  messages: measureMessages,
  idle: measureIdle,
}

/** Half an hour of doing nothing is measured only when it is asked for. */
const onDemand = ['idle']

await runScript(async () => {
  const names = Object.keys(groups)
  const { only, pairs, minutes } = readArguments(process.argv.slice(2), names, onDemand)
  const session = new BenchSession(process.env)
  const figures = []
  const failed = []
  try {
    for (const name of only) {
      const onPair = (done, all) => process.stderr.write(`${name}: ${done} of ${all}\n`)
      try {
        const taken = await groups[name]({ session, pairs, minutes, onPair })
        process.stderr.write(`${tableOf(taken)}\n`)
        figures.push(...taken)
      } catch (error) {
        // What the others gave, after half an hour, is not lost with it.
        failed.push(name)
        process.stderr.write(`${name}: not measured: ${error.stack}\n`)
      }
    }
  } finally {
    await session.end()
  }
  process.stdout.write(`\n${tableOf(figures)}\n\n${keep(figures)}\n`)
  if (failed.length > 0) process.stdout.write(`not measured: ${failed.join(', ')}\n`)
  return failed.length > 0 || figures.some(({ verdict }) => verdict === 'TOO HIGH') ? 1 : 0
})

/** Writes everything that was measured. @returns the line that says where, and under what load. */
function keep(figures) {
  const at = new Date().toISOString()
  const machine = {
    cores: availableParallelism(),
    loadAverage: loadavg(),
    electron: process.env.ELECTRON_VERSION,
    node: process.versions.node,
  }
  const file = inProject('bench', 'results', `${at.replace(/[:.]/g, '-')}.json`)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, `${JSON.stringify({ at, machine, figures }, undefined, 2)}\n`)
  const load = machine.loadAverage.map((value) => value.toFixed(1)).join(' ')
  return `${relative(projectRoot, file)}   load ${load} on ${machine.cores} cores`
}
