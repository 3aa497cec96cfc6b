import { selfItemId } from '../../../shared/domain/ids'
import { pauseUntil, type PauseLength } from '../../../shared/domain/pause-length'
import type { AnySection } from '../../../shared/domain/sections/section'
import { toggles, type ToggleDescriptor } from '../../../shared/domain/toggles'
import type { Result } from '../../../shared/errors'
import type { IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { err, ok } from '../../../shared/result'
import { switchValue } from '../../../shared/sync/pause'
import { updateOf } from '../edits'
import type { Session } from '../session'
import { moment, withSection } from './in-session'
import type { HandlerPorts } from './ports'

export function toggleHandlers(ports: HandlerPorts): Handlers<IpcContract>['toggle'] {
  return {
    pause: async ({ toggle, length }) =>
      withToggle(ports, toggle, (descriptor, section, session) =>
        pause({ descriptor, section, length }, session, ports),
      ),
    resume: async ({ toggle }) =>
      withToggle(ports, toggle, ({ field }, { id }, { engine }) => {
        const { pause } = engine.state()
        const isMeant = pause?.section === id && pause.field === field
        if (!isMeant) return ok(undefined)
        return engine.dispatch({ type: 'pause-ended', id: pause.id, at: ports.clock.now() })
      }),
  }
}

function withToggle(
  ports: HandlerPorts,
  id: string,
  use: (
    descriptor: ToggleDescriptor,
    section: AnySection,
    session: Session,
  ) => Result<void> | Promise<Result<void>>,
): Promise<Result<void>> {
  const descriptor = toggles.find((entry) => entry.id === id && entry.pause)
  if (!descriptor) return Promise.resolve(err({ kind: 'not-found' }))
  return withSection(ports, descriptor.section, (section, session) =>
    use(descriptor, section, session),
  )
}

interface Wanted {
  readonly descriptor: ToggleDescriptor
  readonly section: AnySection
  readonly length: PauseLength
}

/** Of a switch that is not on nothing comes: there is nothing to pause. */
async function pause(
  { descriptor: { field }, section, length }: Wanted,
  { engine }: Session,
  ports: HandlerPorts,
): Promise<Result<void>> {
  const state = engine.state()
  const of = { section: section.id, item: selfItemId, field }
  if (switchValue(state, of) !== true) return ok(undefined)
  const now = moment(ports)
  const made = updateOf(section, state, { item: selfItemId, patch: { [field]: false } }, now)
  if (!made.ok) return made
  const { id, title, editedAt: startedAt } = made.value
  const until = pauseUntil(length, startedAt, ports.nextDayAt)
  return engine.dispatch({
    type: 'edited',
    mutation: made.value,
    pause: { ...of, id, title, startedAt, until },
  })
}
