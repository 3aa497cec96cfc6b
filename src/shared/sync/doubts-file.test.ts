import { expect, it } from 'vitest'
import { asMutationId, selfItemId } from '../domain/ids'
import { resume } from '../domain/sections/resume'
import type { FileValue } from '../domain/values'
import type { SyncEvent } from './events'
import { aMutation, after, anItem, edited, failed } from './testing/made'

/** Ours has bytes and a hash; the platform tells a name. */
const ours: FileValue = {
  name: 'new.pdf',
  spoolId: 's1',
  size: 9,
  type: 'application/pdf',
  sha256: 'aa',
}
const theirs = (name: string): FileValue => ({ name })
const read = (file: FileValue, at: number): SyncEvent => ({
  type: 'pulled',
  section: resume.id,
  pulled: { items: [anItem({ file }, selfItemId)], facts: {} },
  at,
})
const sent = (at: number, before: FileValue): SyncEvent => ({
  type: 'sending',
  id: asMutationId('m1'),
  at,
  editedAt: 1,
  sent: { file: ours },
  knownIds: [],
  replaces: { body: { file: ours }, before: { file: before } },
})
const upload = edited(
  aMutation({
    section: resume.id,
    item: selfItemId,
    patch: { file: ours },
    base: { file: theirs('old.pdf') },
  }),
)
const unanswered = (at: number) => ({ ...failed({ kind: 'timeout' }), at }) as SyncEvent

it('asks nothing when an upload without an answer shows up under its own name, sent twice', () => {
  const state = after([
    read(theirs('old.pdf'), 900),
    upload,
    sent(1_000, theirs('old.pdf')),
    unanswered(1_100),
    read(theirs('new.pdf'), 2_000),
    sent(3_000, theirs('new.pdf')),
    unanswered(3_100),
    read(theirs('new.pdf'), 4_000),
    sent(5_000, theirs('new.pdf')),
    read(ours, 5_050),
    {
      type: 'accepted',
      id: asMutationId('m1'),
      at: 5_100,
      item: anItem({ file: ours }, selfItemId),
    },
    read(theirs('new.pdf'), 40_000),
  ])
  expect(state.outbox).toEqual([])
})
