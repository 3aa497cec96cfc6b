import { describe, expect, it } from 'vitest'
import { asSectionId } from '../domain/ids'
import type { SyncStatus } from '../sync/status'
import type { SectionView } from '../sync/view'
import { reasonText, sectionMark, statusWords } from './status'

const now = new Date(2026, 10, 24, 14, 30).getTime()
const before = new Date(2026, 10, 24, 14, 19).getTime()

const statuses: readonly (readonly [SyncStatus, string])[] = [
  [{ kind: 'needs-you', count: 1, reason: 'conflict' }, 'Needs you changed on both sides'],
  [
    { kind: 'needs-you', count: 2, reason: { kind: 'unauthorized' } },
    'Needs you 2 things: the token was refused',
  ],
  [{ kind: 'offline', since: before, unsent: 3 }, 'Offline since 14:19'],
  [{ kind: 'sending', unsent: 2 }, 'Sending 2 edits'],
  [
    { kind: 'sending', unsent: 1, sentBytes: 264_000, totalBytes: 412_000 },
    'Sending 264 of 412 KB',
  ],
  [{ kind: 'here', unsent: 1 }, 'On this computer 1 edit'],
  [{ kind: 'saved', at: now }, 'Saved 14:30'],
  [{ kind: 'saved' }, 'Saved '],
]

const head: SectionView = {
  section: asSectionId('education'),
  read: { kind: 'idle' },
  total: 0,
  items: [],
  facts: {},
  unsent: 0,
}

describe('status', () => {
  it.each(statuses)('says %j as "%s"', (status, words) => {
    const { word, detail = '' } = statusWords(status, now)
    expect(`${word} ${detail}`).toBe(words)
  })

  it('does not speak every byte', () => {
    const words = statusWords({ kind: 'sending', unsent: 1, sentBytes: 1, totalBytes: 2 }, now)
    expect(words.spokenDetail).toBe('1 edit')
  })

  it('has short words for an untrusted host', () => {
    expect(reasonText({ kind: 'offline', reason: 'tls' })).toBe('the platform is not trusted')
  })

  it('marks a section with its gravest state and the number of edits', () => {
    expect(sectionMark({ ...head, mark: 'here', unsent: 2 })).toEqual({
      mark: 'here',
      text: '2 on this computer',
      count: 2,
    })
  })

  it('counts what is on its page besides, and shows the gravest of all', () => {
    const besides = { ...head, mark: 'here', unsent: 1 } as const
    expect(sectionMark(head, [besides])?.text).toBe('on this computer')
    expect(sectionMark({ ...besides, unsent: 2 }, [besides])?.count).toBe(3)
    expect(sectionMark(besides, [{ ...head, mark: 'refused' }])?.mark).toBe('refused')
  })

  it('marks a section that the token may not open with a lock', () => {
    const view: SectionView = {
      ...head,
      read: { kind: 'failed', error: { kind: 'forbidden' }, at: now },
    }
    expect(sectionMark(view)?.mark).toBe('locked')
  })

  it('marks what was never read while its host refuses the token, and no copy', () => {
    const refused = { kind: 'failed', error: { kind: 'unauthorized' }, at: now } as const
    expect(sectionMark({ ...head, read: refused })?.mark).toBe('locked')
    expect(sectionMark({ ...head, readAt: now, read: refused })).toBeUndefined()
  })

  it('leaves a saved section without a mark', () => {
    expect(sectionMark(head)).toBeUndefined()
  })
})
