import { expect, it } from 'vitest'
import { asMutationId } from '../domain/ids'
import { emptyState } from './state'
import { step } from './step'
import { aMutation, anItem, edited, failed, pulled, sending } from './testing/made'

const stateOf = (reason: 'refused' | 'reset') => {
  const failure = failed({ kind: 'offline', reason, host: 'a' })
  const events = [edited(aMutation()), sending(), failure, pulled([anItem({ bio: 'old' })])]
  const state = events.reduce((before, event) => step(before, event)[0], emptyState(0))
  return state.outbox.find(({ id }) => id === asMutationId('m1'))?.state
}

it('an edit that found nobody there goes as soon as the host answers', () => {
  expect(stateOf('refused')).toEqual({ kind: 'queued' })
})

it('an edit whose connection broke keeps its pause, though the host answers others', () => {
  expect(stateOf('reset')).toMatchObject({ kind: 'waiting' })
})
