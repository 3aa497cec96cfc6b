import { describe, expect, it } from 'vitest'
import { asMutationId, selfItemId } from '../domain/ids'
import { basic } from '../domain/sections/basic'
import type { SyncEvent } from './events'
import { historyMs, maxHistoryChars, maxHistoryEntries } from './history-entry'
import { recordsOf, replay } from './replay'
import { emptyState, type Mutation, type SyncState } from './state'
import { step } from './step'
import { aMutation, after, edited, m2, sending, storedBy } from './testing/made'
import { accepted } from './testing/history-events'

describe('restoring', () => {
  const restored = (patch: Mutation['patch']): SyncEvent => ({
    type: 'edited',
    isRestored: true,
    mutation: m2({ patch, base: { bio: 'old' } }),
  })

  it('keeps the unsent words it takes the place of', () => {
    const { history } = after([edited(aMutation()), restored({ bio: 'older' })])
    expect(history).toMatchObject([
      { why: 'replaced', before: { bio: 'mine' }, after: { bio: 'older' } },
    ])
  })

  it('keeps the draft it takes the place of', () => {
    const { history, drafts } = after([
      {
        type: 'draft-saved',
        draft: { section: basic.id, item: selfItemId, values: { bio: 'typing' }, savedAt: 7 },
      },
      restored({ bio: 'older' }),
    ])
    expect(drafts.size).toBe(0)
    expect(history).toMatchObject([{ why: 'replaced', before: { bio: 'typing' } }])
  })

  it('is no loss where a person types over their own words', () => {
    expect(after([edited(aMutation()), edited(m2({ patch: { bio: 'x' } }))]).history).toEqual([])
  })
})

describe('how long it is kept', () => {
  const tick = (at: number): SyncEvent => ({ type: 'connectivity', isOnline: true, at })
  const one = after([edited(aMutation()), accepted(undefined, 1_000)])

  it('is thirty days, and then its values leave the disk', () => {
    expect(after([tick(1_000 + historyMs - 1)], one).history).toHaveLength(1)
    const [state, effects] = step(one, tick(1_000 + historyMs))
    expect(state.history).toEqual([])
    expect(effects[0]).toEqual({
      type: 'persist',
      records: [{ type: 'history-gone', ids: [one.history[0]?.id], isErased: true }],
    })
  })

  it('loses nothing when the clock jumps back', () => {
    expect(after([tick(-1e12)], one).history).toEqual(one.history)
    const later = after([edited(m2()), accepted(undefined, -1e12, asMutationId('m2'))], one)
    expect(later.history).toHaveLength(2)
  })

  it('ends at the person’s word', () => {
    expect(after([{ type: 'history-cleared' }], one).history).toEqual([])
  })
})

describe('how much is kept', () => {
  const filled = (count: number, bio: string): SyncState => {
    let state = emptyState(0)
    for (let index = 0; index < count; index += 1) {
      const id = asMutationId(`e${String(index)}`)
      state = step(state, edited(aMutation({ id, patch: { bio: `${bio}${String(index)}` } })))[0]
      state = step(state, accepted(undefined, index, id))[0]
    }
    return state
  }

  it('is a number of entries, the newest', () => {
    const { history } = filled(maxHistoryEntries + 3, 'x')
    expect(history).toHaveLength(maxHistoryEntries)
    expect(history.at(-1)?.after).toEqual({ bio: `x${String(maxHistoryEntries + 2)}` })
  })

  it('is a number of characters, and the newest entry whatever its length', () => {
    const some = filled(8, 'x'.repeat(maxHistoryChars / 4)).history
    expect(some.length).toBe(3)
    const huge = filled(2, 'x'.repeat(maxHistoryChars)).history
    expect(huge.map(({ after: now }) => Object.keys(now))).toEqual([['bio']])
  })

  it('drops from the journal what it drops from the state', () => {
    const full = filled(maxHistoryEntries, 'x')
    const next = after([edited(aMutation()), accepted()], full)
    expect(replay(recordsOf(next)).history).toEqual(next.history)
  })
})

describe('the journal', () => {
  it('holds the entry before the edit is gone from it', () => {
    const stored = storedBy(step(after([edited(aMutation()), sending()]), accepted()))
    const types = stored.map(({ type }) => type)
    expect(types.indexOf('history')).toBe(0)
    expect(types).toContain('mutation-gone')
  })
})
