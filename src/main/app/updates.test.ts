import { describe, expect, it } from 'vitest'
import { ManualClock, MemoryLog, turns } from '../../../tests/fakes/main-clock'
import { MemoryPreferences } from '../../../tests/fakes/main-world'
import { aMutation } from '../../../tests/fakes/main-records'
import type { UnsentWork, UpdateOff, UpdateState, UpdateTrouble } from '../../shared/domain/updates'
import { emptyState } from '../../shared/sync/state'
import { restartRefusedText, updateText } from '../../shared/text/updates'
import { unsentWork } from './unsent-work'
import { Updates, type FoundUpdate, type UpdateProgress, type UpdateSource } from './updates'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const ready: FoundUpdate = { kind: 'ready', version: '0.2.0' }
const none: FoundUpdate = { kind: 'none' }
const offline: FoundUpdate = { kind: 'failed', trouble: 'offline' }

/** Releases that are decided by the test. */
class FakeSource implements UpdateSource {
  looks = 0
  readonly installs: boolean[] = []
  installTrouble: UpdateTrouble | undefined
  answer: FoundUpdate = none
  #release: ((found: FoundUpdate) => void) | undefined
  #onProgress: (progress: UpdateProgress) => void = () => undefined

  readonly find: UpdateSource['find'] = (onProgress) => {
    this.looks += 1
    this.#onProgress = onProgress
    if (!this.isHeld) return Promise.resolve(this.answer)
    return new Promise((resolve) => (this.#release = resolve))
  }

  readonly install: UpdateSource['install'] = ({ isRestart }) => {
    this.installs.push(isRestart)
    return Promise.resolve(this.installTrouble)
  }

  isHeld = false
  progress(percent: number): void {
    this.#onProgress({ version: '0.2.0', percent })
  }
  release(found: FoundUpdate): void {
    this.#release?.(found)
  }
}

const allSent: UnsentWork = { edits: 0, drafts: 0, isUploading: false }

function aWorld(off?: UpdateOff) {
  const source = new FakeSource()
  const clock = new ManualClock()
  const log = new MemoryLog()
  const preferences = new MemoryPreferences()
  const told: UpdateState[] = []
  const world = { source, clock, log, preferences, told, unsent: allSent }
  const updates = new Updates({
    source: off ?? source,
    clock,
    log,
    preferences,
    random: () => 0.5,
    unsent: () => world.unsent,
    onState: (state) => told.push(state),
  })
  const pass = async (ms: number) => {
    clock.advance(ms)
    await turns()
  }
  return Object.assign(world, { updates, pass })
}

async function aReadyWorld() {
  const world = aWorld()
  world.source.answer = ready
  await world.updates.check()
  return world
}

describe('looking by itself', () => {
  it('begins a minute after the start and goes on every six hours, not all at once', async () => {
    const { updates, source, pass } = aWorld()
    updates.begin()
    await pass(minuteMs - 1)
    expect(source.looks).toBe(0)
    await pass(1)
    expect(source.looks).toBe(1)
    await pass(6.5 * hourMs - 1)
    expect(source.looks).toBe(1)
    await pass(1)
    expect(source.looks).toBe(2)
  })

  it('rests while the setting is off, and goes on when it is on again', async () => {
    const { updates, source, preferences, pass } = aWorld()
    const { settings } = preferences.read()
    await preferences.write({ settings: { ...settings, looksForUpdates: false } })
    updates.begin()
    await pass(20 * hourMs)
    expect(source.looks).toBe(0)
    await preferences.write({ settings: { ...settings, looksForUpdates: true } })
    await pass(7 * hourMs)
    expect(source.looks).toBe(1)
  })

  it('shows no failure, and logs it without an address', async () => {
    const { updates, source, told, log, pass } = aWorld()
    source.answer = offline
    updates.begin()
    await pass(minuteMs)
    expect(told).toEqual([{ kind: 'checking' }, { kind: 'idle' }])
    expect(log.lines).toEqual([
      { event: 'update looked for', facts: { found: 'failed', trouble: 'offline' } },
    ])
  })

  it('keeps what was fetched and looks no more', async () => {
    const { updates, source, pass } = await aReadyWorld()
    updates.begin()
    source.answer = none
    await pass(20 * hourMs)
    await updates.check()
    expect(source.looks).toBe(1)
    expect(updates.state).toEqual(ready)
  })
})

describe('looking when asked', () => {
  it('says how far it is, and how it ended', async () => {
    const { updates, source, told, clock } = aWorld()
    source.isHeld = true
    const checked = updates.check()
    source.progress(0)
    source.progress(40)
    source.progress(40)
    source.release(none)
    const idle = { kind: 'idle', checkedAt: clock.now() }
    expect(await checked).toEqual(idle)
    const downloading = { kind: 'downloading', version: '0.2.0' }
    expect(told).toEqual([
      { kind: 'checking' },
      { ...downloading, percent: 0 },
      { ...downloading, percent: 40 },
      idle,
    ])
  })

  it('shows the failure of a look that began by itself', async () => {
    const { updates, source, pass } = aWorld()
    source.isHeld = true
    updates.begin()
    await pass(minuteMs)
    const checked = updates.check()
    source.release(offline)
    expect(await checked).toEqual(offline)
    expect(source.looks).toBe(1)
  })

  it('forgets a shown failure with the next look', async () => {
    const { updates, source, clock } = aWorld()
    source.answer = offline
    await updates.check()
    source.answer = none
    expect(await updates.check()).toEqual({ kind: 'idle', checkedAt: clock.now() })
  })

  it('does nothing where updates are off', async () => {
    const { updates, source, clock } = aWorld('package-manager')
    updates.begin()
    expect(await updates.check()).toEqual({ kind: 'off', reason: 'package-manager' })
    expect(await updates.restart()).toEqual({ kind: 'nothing-ready' })
    expect([source.looks, clock.waiting]).toEqual([0, 0])
  })
})

describe('a restart', () => {
  it('is refused while anything is unsent, and goes through once it is', async () => {
    const world = await aReadyWorld()
    for (const unsent of [
      { ...allSent, edits: 3 },
      { ...allSent, drafts: 1 },
      { ...allSent, isUploading: true },
    ]) {
      world.unsent = unsent
      expect(await world.updates.restart()).toEqual({ kind: 'refused', unsent })
    }
    expect(world.source.installs).toEqual([])
    world.unsent = allSent
    expect(await world.updates.restart()).toEqual({ kind: 'restarting' })
    expect(world.source.installs).toEqual([true])
  })

  it('never comes by itself', async () => {
    const { updates, source, pass } = await aReadyWorld()
    updates.begin()
    await pass(100 * hourMs)
    expect(source.installs).toEqual([])
  })

  it('that fails says why, and may be tried again', async () => {
    const { updates, source } = await aReadyWorld()
    source.installTrouble = 'not-writable'
    expect(await updates.restart()).toEqual({ kind: 'failed', trouble: 'not-writable' })
    expect(updates.state).toEqual({ kind: 'failed', trouble: 'not-writable', version: '0.2.0' })
    source.installTrouble = undefined
    expect(await updates.restart()).toEqual({ kind: 'restarting' })
  })

  it('is begun once, however often it is asked for', async () => {
    const { updates, source } = await aReadyWorld()
    await Promise.all([updates.restart(), updates.restart()])
    expect(source.installs).toEqual([true])
    expect(updates.mayInstallAtQuit()).toBe(false)
  })
})

describe('an ordinary quit', () => {
  it('uses what is fetched only when nothing is unsent', async () => {
    const world = await aReadyWorld()
    world.unsent = { ...allSent, edits: 1 }
    expect(world.updates.mayInstallAtQuit()).toBe(false)
    world.unsent = allSent
    expect(world.updates.mayInstallAtQuit()).toBe(true)
    world.updates.stop()
    await world.updates.installAtQuit()
    expect(world.source.installs).toEqual([false])
  })

  it('has nothing to use before something is fetched', () => {
    expect(aWorld().updates.mayInstallAtQuit()).toBe(false)
  })

  it('ends all telling and looking', async () => {
    const { updates, source, told, clock, pass } = aWorld()
    updates.begin()
    source.isHeld = true
    await pass(minuteMs)
    updates.stop()
    const count = told.length
    source.progress(50)
    source.release(ready)
    await turns()
    await pass(20 * hourMs)
    await updates.check()
    expect([told.length, source.looks, clock.waiting]).toEqual([count, 1, 0])
  })
})

describe('what is unsent', () => {
  it('is counted in the open workspace: edits, drafts, a file on its way', () => {
    expect(unsentWork(undefined)).toEqual(allSent)
    const state = emptyState(0)
    const file = { name: 'cv.pdf', size: 7, type: 'application/pdf', spoolId: 's-1', sha256: 'x' }
    const mutations = [
      aMutation({}),
      aMutation({ patch: { file }, state: { kind: 'in-flight', since: 0 } }),
    ]
    const found = unsentWork({ ...state, outbox: mutations })
    expect(found).toEqual({ edits: 2, drafts: 0, isUploading: true })
  })
})

describe('words', () => {
  it('say what waits', () => {
    const text = (some: Partial<UnsentWork>) => restartRefusedText({ ...allSent, ...some })
    expect(text({ edits: 1 })).toMatch(/^1 edit is not sent yet\./)
    expect(text({ edits: 3, drafts: 2 })).toMatch(/^3 edits are not sent yet\./)
    expect(text({ drafts: 1 })).toMatch(/^1 draft is open\./)
    expect(text({ drafts: 2 })).toMatch(/^2 drafts are open\./)
    expect(text({ edits: 1, isUploading: true })).toMatch(/^A file is being sent\./)
  })

  it('have one sentence for each state', () => {
    const at = new Date(2026, 10, 24, 14, 30).getTime()
    const text = (state: UpdateState) => updateText(state, '0.1.0', at)
    expect(text({ kind: 'idle', checkedAt: at })).toBe('Version 0.1.0 is up to date. Looked 14:30.')
    expect(text({ kind: 'downloading', version: '0.2.0', percent: 7 })).toContain('7 %')
    expect(text({ kind: 'ready', version: '0.2.0' })).toBe('Version 0.2.0 is ready.')
    expect(text({ kind: 'off', reason: 'package-manager' })).toMatch(/^Off: .*package/)
  })
})
