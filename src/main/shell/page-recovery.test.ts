import { EventEmitter } from 'node:events'
import type { MessageBoxOptions } from 'electron'
import { expect, it } from 'vitest'
import { turns } from '../../../tests/fakes/main-clock'
import { recoverPage } from './page-recovery'

const home = 'app://profile/index.html'

function setUp() {
  const calls: string[] = []
  const asked: MessageBoxOptions[] = []
  const time = { now: 0 }
  const person: { answer: (button: number) => void } = { answer: () => undefined }
  const webContents = Object.assign(new EventEmitter(), {
    forcefullyCrashRenderer: () => {
      calls.push('crash')
      crash('killed')
    },
  })
  const window = Object.assign(new EventEmitter(), {
    webContents,
    isDestroyed: () => false,
    loadURL: (url: string) => {
      calls.push(`load ${url}`)
      return Promise.resolve()
    },
  })
  const crash = (reason = 'crashed') => webContents.emit('render-process-gone', {}, { reason })
  recoverPage(window as never, home, {
    now: () => time.now,
    ask: (question) => {
      asked.push(question)
      return new Promise((resolve) => {
        person.answer = resolve
        question.signal?.addEventListener('abort', () => resolve(question.cancelId ?? 0))
      })
    },
    quit: () => calls.push('quit'),
  })
  return { calls, asked, time, person, window, crash }
}

const loaded = `load ${home}`

it('loads a page that has crashed anew, and none that has ended by itself', () => {
  const { calls, crash } = setUp()
  crash('clean-exit')
  expect(calls).toEqual([])
  crash()
  expect(calls).toEqual([loaded])
})

it('asks when it crashes again and again, and not for crashes far apart', async () => {
  const { calls, asked, time, person, crash } = setUp()
  for (time.now = 0; time.now < 600_000; time.now += 60_000) crash()
  expect(asked).toEqual([])
  calls.length = 0
  for (let count = 0; count < 4; count += 1) crash()
  expect([calls, asked]).toMatchObject([
    [loaded, loaded, loaded],
    [{ buttons: ['Try again', 'Quit'] }],
  ])
  person.answer(0)
  await turns()
  expect(calls).toHaveLength(4)
  for (let count = 0; count < 4; count += 1) crash()
  person.answer(1)
  await turns()
  expect(calls.at(-1)).toBe('quit')
})

it('asks once about a page that stands still, and loads it anew on demand', async () => {
  const { calls, asked, person, window } = setUp()
  window.emit('unresponsive')
  window.emit('unresponsive')
  expect(asked).toMatchObject([{ buttons: ['Wait', 'Load it again'] }])
  person.answer(0)
  await turns()
  expect(calls).toEqual([])
  window.emit('unresponsive')
  person.answer(1)
  await turns()
  expect(calls).toEqual(['crash', loaded])
})

it('takes the question back when the page answers again', async () => {
  const { calls, asked, window } = setUp()
  window.emit('unresponsive')
  window.emit('responsive')
  await turns()
  expect([asked[0]?.signal?.aborted, calls]).toEqual([true, []])
  window.emit('unresponsive')
  expect(asked).toHaveLength(2)
})
