import { closeSync, fdatasyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { makeWorkspace, nowhere } from './made-workspace.mjs'
import { createWorld, valueOf } from './world.mjs'

/** Between two keystrokes, so that what follows the one is done before the other. */
const pauseMs = 2

/**
 * Types into a form without network, and appends as many bytes to a bare file after each time.
 * @returns `{ engine, raw }`, ms of each keystroke and of each append
 */
export async function measureDurable(parts, { root, keystrokes }) {
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  await makeWorkspace(parts, { root, target: nowhere, count: 128 })
  const world = createWorld(parts, { root, target: nowhere, section: 'basic' })
  await world.workspaces.openLast()
  const file = openSync(join(root, 'raw'), 'a', 0o600)
  const { edit, saveDraft } = world.handlers.section
  const record = parts.encodeFrame(draftRecord(0))
  const times = { engine: [], raw: [] }
  for (let index = 0; index < keystrokes; index += 1) {
    // Every tenth is a Save: an edit that joins the waiting one.
    const input = index % 10 === 9 ? savedInput(index) : draftInput(index)
    const keep = index % 10 === 9 ? edit : saveDraft
    times.engine.push(await timed(async () => valueOf(await keep(input))))
    await wait(pauseMs)
    times.raw.push(
      await timed(() => {
        writeSync(file, record)
        fdatasyncSync(file)
      }),
    )
    await wait(pauseMs)
  }
  closeSync(file)
  await world.workspaces.close()
  return times
}

async function timed(work) {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const textOf = (index) =>
  `Measures water, as was typed for the ${String(index).padStart(6, '0')}th time`
const where = { section: 'basic', item: 'self' }
const savedInput = (index) => ({ ...where, patch: { bio: textOf(index) } })
const draftInput = (index) => ({
  ...where,
  values: { bio: textOf(index) },
  base: { bio: 'Measures water.' },
})

/** What the engine stores of a keystroke. */
const draftRecord = (index) => ({
  type: 'draft',
  draft: { ...draftInput(index), savedAt: 1_700_000_000_000 },
})
