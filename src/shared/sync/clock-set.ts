import type { SyncEvent } from './events'
import type { Doubt, Mutation, SwitchPause, SyncState } from './state'

/**
 * The state after the wall clock was set by `byMs`, or the computer has slept for as long. What has
 * to pass since a request is awake time: a create is not repeated sooner for it, nor later. A pause,
 * of sending as of a switch, may end early, never late.
 */
export const onSetClock = (state: SyncState, byMs: number): SyncState => ({
  ...state,
  outbox: state.outbox.map((mutation) => editOnSetClock(mutation, byMs)),
  doubts: state.doubts.map((doubt) => doubtOnSetClock(doubt, byMs)),
  pause: state.pause && switchPauseOnSetClock(state.pause, byMs),
})

/** Nobody can tell a clock set forward from a sleep, and a sleep counts. */
function switchPauseOnSetClock(pause: SwitchPause, byMs: number): SwitchPause {
  const backMs = Math.min(0, byMs)
  return { ...pause, startedAt: pause.startedAt + backMs, until: pause.until + backMs }
}

function editOnSetClock(mutation: Mutation, byMs: number): Mutation {
  const { state, sentAt } = mutation
  return {
    ...mutation,
    ...(sentAt !== undefined && { sentAt: sentAt + byMs }),
    state: pauseOnSetClock(state, byMs),
  }
}

function pauseOnSetClock(state: Mutation['state'], byMs: number): Mutation['state'] {
  if (state.kind === 'waiting') return { ...state, until: state.until + Math.min(0, byMs) }
  if (state.kind !== 'queued' || state.notBefore === undefined) return state
  return { ...state, notBefore: state.notBefore + byMs }
}

const doubtOnSetClock = (doubt: Doubt, byMs: number): Doubt => ({
  ...doubt,
  sentAt: doubt.sentAt + byMs,
  nextAt: doubt.nextAt + byMs,
})

/** The same of an event that was told before the clock was set. */
export function eventOnSetClock(event: SyncEvent, byMs: number): SyncEvent {
  if (byMs === 0) return event
  if (event.type === 'edited') {
    return {
      ...event,
      mutation: editOnSetClock(event.mutation, byMs),
      ...(event.pause && { pause: switchPauseOnSetClock(event.pause, byMs) }),
    }
  }
  if (event.type === 'postponed') {
    return { ...event, at: event.at + byMs, until: event.until + byMs }
  }
  return 'at' in event ? { ...event, at: event.at + byMs } : event
}
