import type { AnySection } from '../../shared/domain/sections/section'
import type { HandlerPorts } from './handlers/ports'
import type { Session } from './session'

/**
 * What the computer tells: it slept and is awake, its network is back, or the person has come back
 * to it. Hints, all of them: only the platform's own answers say whether it can be reached.
 */
export type WakeHint = 'resumed' | 'network' | 'returned'

type WakePorts = Pick<HandlerPorts, 'registry' | 'workspaces' | 'preferences' | 'clock'>

/** A copy older than this is read again when the person looks at it. */
export const staleAfterMs = 30_000

/** Reads a section the person looks at, unless its copy is fresh. @param now milliseconds since 1970 */
export function refreshIfOld(session: Session, section: AnySection, now: number): void {
  const readAt = session.engine.state().snapshots.get(section.id)?.readAt ?? 0
  if (now - readAt > staleAfterMs) void session.refresh(section)
}

/** One cause makes several hints within moments: the network comes back after the sleep. */
const soonMs = 5_000

/**
 * Makes of hints what has to be done: what waits is tried, and what may have changed elsewhere is
 * read again. After a sleep or without network that is everything, for somebody who comes back to
 * the window the section in it, when its copy is old.
 */
export function createWaking(ports: WakePorts): (hint: WakeHint) => void {
  let readAt = -Infinity
  return (hint) => {
    const { session } = ports.workspaces
    if (!session) return
    session.engine.wake()
    const now = ports.clock.now()
    const { section } = ports.preferences.read()
    const open = ports.registry.shown.find(({ id }) => id === section) ?? ports.registry.shown[0]
    if (hint === 'returned') {
      if (open) refreshIfOld(session, open, now)
    } else if (Math.abs(now - readAt) > soonMs) {
      readAt = now
      void session.refreshAll(open)
    }
  }
}
