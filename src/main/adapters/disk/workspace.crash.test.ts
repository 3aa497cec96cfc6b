import { createHash } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { CrashDisk, fault, type Loss } from '../../../../tests/fakes/crash-disk'
import {
  aDraft,
  aHistoryRecord,
  aMutationRecord,
  aSnapshot,
} from '../../../../tests/fakes/main-records'
import {
  asItemId,
  asMutationId,
  asSectionId,
  asWorkspaceId,
  localItemId,
} from '../../../shared/domain/ids'
import type { JournalRecord } from '../../../shared/sync/ports'
import { recordsOf, replay } from '../../../shared/sync/replay'
import { createWorkspaceFolders } from './workspace-folders'

const current = vi.hoisted((): { disk: unknown } => ({ disk: undefined }))

vi.mock('node:fs/promises', () => {
  const call =
    (name: string) =>
    (...given: unknown[]): unknown => {
      const { promises } = current.disk as {
        promises: Record<string, (...all: unknown[]) => unknown>
      }
      return promises[name]?.(...given)
    }
  const names = ['open', 'readFile', 'writeFile', 'lstat', 'readdir', 'mkdir', 'rename', 'rm']
  return Object.fromEntries(names.map((name) => [name, call(name)]))
})

const workspace = asWorkspaceId('w')
const pdf = Buffer.from(`%PDF-1.4\n${'x'.repeat(9_000)}`)
const limits = { maxBytes: 1_000_000, accept: 'pdf' } as const

type Act =
  | { readonly append: readonly JournalRecord[] }
  | { readonly copy: string }
  | { readonly spool: true }
  | { readonly photo: true }

interface Journey {
  /** What is on the disk already. */
  readonly before?: readonly Act[]
  readonly acts: readonly Act[]
  /** Bytes behind the journal that belong to no record. */
  readonly damage?: boolean
}

const edit = (id: string, some = {}): Act => ({ append: [aMutationRecord(id, some)] })
const gone = (id: string): JournalRecord => ({ type: 'mutation-gone', id: asMutationId(id) })
const large = { patch: { bio: 'b'.repeat(70_000) } }
const waitingFor = { kind: 'conflict', theirs: { bio: 'theirs' }, seenAt: 1 } as const
const alias: JournalRecord = { type: 'alias', local: localItemId('1'), server: asItemId('7') }
const draft: JournalRecord = { type: 'draft', draft: aDraft() }
const draftGone: JournalRecord = {
  type: 'draft-gone',
  section: asSectionId('basic'),
  item: asItemId('self'),
}

const journeys: Readonly<Record<string, Journey>> = {
  'the first edit of a new workspace': { acts: [edit('a')] },
  'edits that join': { before: [edit('a')], acts: [edit('a', { editedAt: 2 }), edit('a')] },
  'a create and its name': {
    before: [edit('a')],
    acts: [edit('b', { op: 'create' }), { append: [alias, aMutationRecord('c'), gone('b')] }],
  },
  'an update that is accepted': {
    before: [edit('a')],
    acts: [edit('a', { state: { kind: 'in-flight', since: 1 } }), { append: [gone('a')] }],
  },
  'a delete': {
    before: [edit('a')],
    acts: [edit('d', { op: 'delete' }), { append: [gone('d'), gone('a')] }],
  },
  'a draft that becomes an edit': {
    acts: [{ append: [draft] }, { append: [aMutationRecord('a'), draftGone] }],
  },
  'a file that waits to be sent': { acts: [{ spool: true }, edit('a')] },
  'a switch, and the copy it changes': {
    before: [{ copy: 'old' }],
    acts: [edit('t', { patch: { use: false } }), { copy: 'new' }, { append: [gone('t')] }],
  },
  'a conflict that is decided': {
    before: [edit('a', { state: waitingFor })],
    acts: [edit('a', { base: { bio: 'theirs' } }), { copy: 'new' }],
  },
  'an edit that is confirmed, with its history': {
    before: [edit('a'), { append: [aHistoryRecord('1')] }],
    acts: [{ append: [aHistoryRecord('2'), gone('a')] }, edit('b')],
  },
  'a history that is cleared': {
    before: [edit('a'), { append: [aHistoryRecord('1'), aHistoryRecord('2')] }],
    acts: [
      { append: [{ type: 'history-gone', ids: ['1', '2'], isErased: true }] },
      { append: [aHistoryRecord('3'), gone('a')] },
    ],
  },
  'a photo': { acts: [{ photo: true }, { photo: true }] },
  'a journal that is written anew': {
    before: [edit('a', large), edit('b', large), edit('a', large)],
    acts: [edit('c', large), edit('d', large), { append: [gone('a')] }],
  },
  'a damaged end': { before: [edit('a'), edit('b')], acts: [edit('c')], damage: true },
}

interface Progress {
  /** What the journal may hold, given what was acknowledged. */
  possible: readonly (readonly JournalRecord[])[]
  copy: string | undefined
  copies: string[]
  spooled: { id: string; sha256: string } | undefined
}

const nothing = (): Progress => ({
  possible: [[]],
  copy: undefined,
  copies: [],
  spooled: undefined,
})

async function open() {
  let count = 0
  const clock = { now: () => 5, after: () => () => undefined }
  return createWorkspaceFolders('/data/workspaces', { clock, ids: () => `s${(count += 1)}` }).open(
    workspace,
  )
}

type Workspace = Extract<Awaited<ReturnType<typeof open>>, { ok: true }>['value']

async function act(on: Workspace, what: Act, progress: Progress): Promise<void> {
  if ('append' in what) {
    const before = progress.possible
    const stored = await on.store.append(what.append)
    const whole = before.map((records) => [...records, ...what.append])
    if (stored.ok) progress.possible = whole
    else {
      expect(stored.error.kind).toBe('storage')
      // What was refused may be there as far as any beginning of it, or not at all.
      progress.possible = before.flatMap((records) =>
        [...what.append.keys(), what.append.length].map((count) => [
          ...records,
          ...what.append.slice(0, count),
        ]),
      )
    }
  } else if ('copy' in what) {
    progress.copies.push(what.copy)
    const saved = await on.store.saveSnapshot(aSnapshot({ facts: { name: what.copy } }))
    if (saved.ok) progress.copy = what.copy
  } else if ('spool' in what) {
    const added = await on.spool.addBytes('cv.pdf', pdf, limits)
    if (added.ok) progress.spooled = { id: added.value.spoolId, sha256: added.value.sha256 }
  } else await on.photo.save({ url: 'https://example.org/p', bytes: pdf })
}

async function prepare(acts: readonly Act[], progress: Progress): Promise<void> {
  if (acts.length === 0) return
  const opened = await open()
  if (!opened.ok) throw new Error('not opened')
  for (const what of acts) await act(opened.value, what, progress)
  await opened.value.close()
}

/** Lives through the journey until the disk says no, then lets the power fail, and looks. */
async function live(
  { before = [], acts, damage = false }: Journey,
  disturb: (disk: CrashDisk) => void,
  loss: Loss,
): Promise<{ readonly calls: number; readonly found: readonly string[] }> {
  const disk = new CrashDisk()
  current.disk = disk
  const progress = nothing()
  await prepare(before, progress)
  const journal = '/data/workspaces/w/journal'
  if (damage)
    disk.put(
      journal,
      Buffer.concat([disk.bytesOf(journal) ?? Buffer.alloc(0), pdf.subarray(0, 30)]),
    )
  disk.settle()
  disturb(disk)
  const second = await open()
  if (second.ok) {
    for (const what of acts) await act(second.value, what, progress)
    await second.value.close().catch(() => undefined)
  }
  const calls = disk.calls.length
  disk.lose(loss)
  return { calls, found: await look(progress) }
}

/** After a restart everything acknowledged is there, and nothing that was never given. */
async function look(progress: Progress): Promise<readonly string[]> {
  const found: string[] = []
  const opened = await open()
  if (!opened.ok) return ['it does not open']
  const { saved, spool, store, close } = opened.value
  const now = JSON.stringify(recordsOf(saved))
  const isThere = progress.possible.some(
    (records) => JSON.stringify(recordsOf(replay(records))) === now,
  )
  if (!isThere) found.push('the edits are not those that were acknowledged')
  const copy = JSON.stringify([...saved.snapshots.values()][0]?.facts['name'])
  const isNewer =
    progress.copies.findIndex((name) => JSON.stringify(name) === copy) >=
    progress.copies.indexOf(progress.copy ?? '')
  if (progress.copy !== undefined && !isNewer) found.push('an acknowledged copy is gone')
  if (progress.spooled) {
    const bytes = await spool.read(progress.spooled.id)
    const sha256 = createHash('sha256')
      .update(bytes ?? '')
      .digest('hex')
    if (sha256 !== progress.spooled.sha256) found.push('an acknowledged file is gone')
  }
  if (!(await store.append([aMutationRecord('later')])).ok) found.push('nothing can be added')
  await close()
  const again = await open()
  const isKept = again.ok && again.value.saved.outbox.some(({ id }) => id === 'later')
  if (!isKept) found.push('what was added afterwards is gone')
  return found
}

const tornAt = [0, 1, 7, 511, 512, 513, 4_095, 4_096]
const losses: readonly Loss[] = [
  { kind: 'nothing' },
  { kind: 'unflushed' },
  { kind: 'contents' },
  { kind: 'names' },
  ...tornAt.map((bytes) => ({ kind: 'torn', bytes }) as const),
]
const errnos = ['ENOSPC', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EBUSY', 'EMFILE', 'EDQUOT']

/** From the call after this one on nothing reaches the disk any more. */
const endsAfter = (last: number) => (disk: CrashDisk) => {
  disk.before = (call) => {
    if (call > last) throw fault('EIO')
  }
}

describe.each(Object.entries(journeys))('%s', (_, journey) => {
  const lengthOf = async () => (await live(journey, () => undefined, { kind: 'nothing' })).calls

  it('survives the power failing after any call', { timeout: 120_000 }, async () => {
    const calls = await lengthOf()
    const wrong: string[] = []
    for (let last = 0; last <= calls; last += 1) {
      for (const loss of losses) {
        const { found } = await live(journey, endsAfter(last), loss)
        wrong.push(...found.map((what) => `${last} of ${calls}, ${JSON.stringify(loss)}: ${what}`))
      }
    }
    expect(wrong).toEqual([])
  })

  it('survives any call failing, once and from then on', { timeout: 120_000 }, async () => {
    const calls = await lengthOf()
    const wrong: string[] = []
    for (const errno of errnos) {
      for (let failing = 1; failing <= calls; failing += 1) {
        for (const isLasting of [false, true]) {
          const disturb = (disk: CrashDisk) => {
            disk.before = (call) => {
              if (call < failing || (call > failing && !isLasting)) return
              if (!isLasting) disk.before = () => undefined
              throw fault(errno)
            }
          }
          const { found } = await live(journey, disturb, { kind: 'nothing' })
          wrong.push(...found.map((what) => `${errno} at ${failing} of ${calls}: ${what}`))
        }
      }
    }
    expect(wrong).toEqual([])
  })
})
