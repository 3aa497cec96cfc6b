import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { MemoryLog } from '../../../tests/fakes/main-clock'
import { ipcContract } from '../../shared/ipc/contract'
import { channelOf, type Contract } from '../../shared/ipc/define'
import { registerIpc, type HandlerTable } from './register'
import { isTrustedSender } from './trusted-sender'

type Registered = (event: unknown, ...parameters: unknown[]) => Promise<unknown>

const frame = { origin: 'app://bundle', parent: null }
const ours = { senderFrame: frame, sender: { id: 7 } }
const badInput = { ok: false, error: { kind: 'unexpected', reference: 'bad-input' } }
const untrusted = { ok: false, error: { kind: 'unexpected', reference: 'untrusted-sender' } }
/** Where every key is optional an object that names none of them asks for nothing. */
const nothingMeant = { ok: true, value: [{}, undefined] }
const secret = 'correct horse battery staple'

/** Every question of the contract, answered by repeating it. */
function anIpc(handlers: HandlerTable = everyHandler(), contract: Contract = ipcContract) {
  const channels = new Map<string, Registered>()
  const log = new MemoryLog()
  const calls: unknown[] = []
  registerIpc({
    ipcMain: { handle: (channel, listener) => channels.set(channel, listener as Registered) },
    contract,
    handlers: Promise.resolve(handlers),
    isTrusted: (event) => isTrustedSender(event, 7),
    log,
    now: () => 0,
  })
  const ask = (channel: string, ...parameters: unknown[]) =>
    channels.get(channel)?.(ours, ...parameters)
  return { channels, log, calls, ask }
}

function everyHandler(): HandlerTable {
  const echo = (...parameters: unknown[]) => Promise.resolve({ ok: true, value: parameters })
  return Object.fromEntries(
    Object.entries(ipcContract).map(([group, endpoints]) => [
      group,
      Object.fromEntries(Object.keys(endpoints).map((name) => [name, echo])),
    ]),
  )
}

const questions = Object.entries(ipcContract).flatMap(([group, endpoints]) =>
  Object.entries(endpoints).flatMap(([name, { kind }]) =>
    kind === 'event' ? [] : [channelOf(group, name)],
  ),
)

describe('channels', () => {
  it('are those of the contract, and no event is one', () => {
    const { channels } = anIpc()
    expect([...channels.keys()]).toEqual(questions)
  })

  it('hand nothing out by which the token could be asked', () => {
    expect(questions.filter((name) => /token|credential|secret|password/i.test(name))).toEqual([
      'workspace.renewToken',
      'workspace.removeToken',
    ])
  })
})

describe('sender', () => {
  it.each<readonly [string, unknown]>([
    ['a frame that is gone', { ...ours, senderFrame: null }],
    ['a frame inside ours', { ...ours, senderFrame: { ...frame, parent: frame } }],
    ['another window', { ...ours, sender: { id: 8 } }],
    [
      'a page from the network',
      { ...ours, senderFrame: { ...frame, origin: 'https://x.example' } },
    ],
    ['a file', { ...ours, senderFrame: { ...frame, origin: 'file://' } }],
    [
      'a host that looks like ours',
      { ...ours, senderFrame: { ...frame, origin: 'app://bundle.x' } },
    ],
    [
      'a frame that cannot be looked at any more',
      {
        sender: { id: 7 },
        get senderFrame() {
          throw new Error('Render frame was disposed')
        },
      },
    ],
  ])('is not %s', async (_name, event) => {
    const { channels, log } = anIpc()
    for (const [channel, listener] of channels) {
      expect(await listener(event, {}), channel).toEqual(untrusted)
    }
    expect(log.lines).toHaveLength(questions.length)
  })

  it('is nobody before there is a window', () => {
    expect(isTrustedSender(ours, undefined)).toBe(false)
  })
})

function deep(levels: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level += 1) value = { value }
  return value
}

const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic

const hostile: readonly (readonly [string, unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['NaN', NaN],
  ['a text', 'section'],
  ['10 MB of text', 'x'.repeat(10_000_000)],
  ['a list', [{}]],
  ['a deep object', deep(10_000)],
  ['a cycle', cyclic],
  [
    'a BigInt',
    {
      section: 1n,
      url: 1n,
      workspace: 1n,
      mutation: 1n,
      token: 1n,
      name: 1n,
      theme: 1n,
      extra: 1n,
    },
  ],
  ['an invalid date', new Date(NaN)],
  ['a foreign key', { section: 7, url: 7, workspace: 7, mutation: 7, theme: 7, extra: 7 }],
  ['a text too long', { section: 'x'.repeat(10_000_000), url: 'x'.repeat(10_000_000) }],
]

describe('input', () => {
  it.each(hostile)('is refused without a throw: %s', async (_name, input) => {
    const { channels } = anIpc()
    for (const [channel, listener] of channels) {
      expect([badInput, nothingMeant], channel).toContainEqual(await listener(ours, input))
    }
  })

  it('keeps prototypes clean', async () => {
    const { ask } = anIpc()
    const values = JSON.parse(
      '{"__proto__":{"polluted":true},"constructor":"x","prototype":"x","bio":"ok"}',
    ) as unknown
    const edit = { section: 'basic', item: 'self', patch: values }
    expect(await ask('section.edit', edit)).toEqual({
      ok: true,
      value: [{ section: 'basic', item: 'self', patch: { bio: 'ok' } }, undefined],
    })
    expect('polluted' in {}).toBe(false)
  })

  it('drops keys that the contract does not name', async () => {
    const { ask } = anIpc()
    expect(await ask('section.view', { section: 'basic', width: 9 })).toEqual({
      ok: true,
      value: [{ section: 'basic' }, undefined],
    })
  })

  it.each<readonly [string, unknown]>([
    ['no list', { path: '/a.pdf' }],
    ['a path that is not whole', [{ path: 'a.pdf' }]],
    ['a path with NUL', [{ path: '/a.pdf\0.png' }]],
    ['a path of 32 768 signs and more', [{ path: `/${'x'.repeat(32_768)}` }]],
    ['a device of Windows', [{ path: '\\\\.\\pipe\\x' }]],
    ['a device of Windows by its long name', [{ path: '\\\\?\\GLOBALROOT\\Device' }]],
    ['a foreign key beside the path', [{ path: '/a.pdf', trusted: true }]],
    ['text for bytes', [{ name: 'a.pdf', bytes: '%PDF-' }]],
    ['bytes past the limit', [{ name: 'a.pdf', bytes: new Uint8Array(27 * 1024 * 1024) }]],
    ['a thousand files', Array.from({ length: 1_000 }, () => ({ path: '/a.pdf' }))],
  ])('takes no files that are %s', async (_name, files) => {
    const { ask } = anIpc()
    expect(await ask('resume.upload', {}, files)).toEqual(badInput)
  })

  it.each(['/home/noor/cv.pdf', 'C:\\Users\\noor\\cv.pdf', '\\\\server\\share\\cv.pdf'])(
    'takes the whole path %s',
    async (path) => {
      const { ask } = anIpc()
      expect(await ask('resume.upload', {}, [{ path }])).toMatchObject({ ok: true })
    },
  )

  it('brings no files to a question that has none', async () => {
    const { ask } = anIpc()
    expect(await ask('section.view', { section: 'basic' }, [{ path: '/etc/passwd' }])).toEqual({
      ok: true,
      value: [{ section: 'basic' }, undefined],
    })
  })
})

describe('answer', () => {
  const contract: Contract = {
    test: { ask: { kind: 'invoke', input: v.object({ text: v.string() }) } },
  }

  it('is the handler’s, untouched', async () => {
    const outcome = { ok: false, error: { kind: 'offline' } }
    const { ask } = anIpc({ test: { ask: () => Promise.resolve(outcome) } }, contract)
    expect(await ask('test.ask', { text: secret })).toEqual(outcome)
  })

  it.each<readonly [string, () => Promise<unknown>]>([
    [
      'throws',
      () => {
        throw new Error(secret)
      },
    ],
    ['rejects', () => Promise.reject(new Error(secret))],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- libraries do it
    ['rejects with no error', () => Promise.reject(secret)],
  ])('names the log line when the handler %s, and nothing else', async (_name, handler) => {
    const { ask, log } = anIpc({ test: { ask: handler } }, contract)
    expect(await ask('test.ask', { text: 'x' })).toEqual({
      ok: false,
      error: { kind: 'unexpected', reference: 'ref-1' },
    })
    expect(log.lines[0]?.event).toBe('ipc test.ask')
  })

  it('is an error when there is no handler, and when there never will be one', async () => {
    const { ask } = anIpc({}, contract)
    expect(await ask('test.ask', { text: 'x' })).toMatchObject({ error: { kind: 'unexpected' } })
  })

  it('leaves names, durations and error kinds in the log, no value', async () => {
    const { ask, log } = anIpc(
      { test: { ask: () => Promise.resolve({ ok: true, value: secret }) } },
      contract,
    )
    await ask('test.ask', { text: secret })
    expect(log.lines).toEqual([
      { event: 'ipc', facts: { channel: 'test.ask', error: 'none', ms: 0 } },
    ])
  })

  it('comes for each of five thousand calls at once', async () => {
    const { ask } = anIpc()
    const answers = await Promise.all(
      Array.from({ length: 5_000 }, async () => ask('section.view', { section: 'basic' })),
    )
    expect(answers).toHaveLength(5_000)
  })
})
