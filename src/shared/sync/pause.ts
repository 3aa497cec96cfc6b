import { asMutationId } from '../domain/ids'
import type { FieldValue } from '../domain/values'
import { isOutdated } from './answers'
import { isSameRecord } from './chain'
import { published, type Step, type SyncEvent } from './events'
import { edited } from './on-edit'
import { replaceEdit } from './outbox'
import type { JournalRecord } from './ports'
import type { Mutation, SwitchPause, SyncState } from './state'

type EventOf<Type extends SyncEvent['type']> = Extract<SyncEvent, { type: Type }>

/** A flag of the platform's. */
export type SwitchName = Pick<SwitchPause, 'section' | 'item' | 'field'>

/**
 * The step, and what it says about the pause. A pause begins with the edit that turns its switch off,
 * and only of one that is on. Whatever else is said of the switch, here or by another device, ends
 * it: then nothing is written, and what was said stands.
 */
export function withPause(before: SyncState, event: SyncEvent, step: Step): Step {
  if (event.type === 'edited' && event.pause) return begun(before, event.pause, step)
  const { pause } = before
  if (!pause || !isOverruled(pause, event, { before, after: step[0] })) return step
  const over = withoutPause(step)
  return event.type === 'withdrawn' ? puttingBack(over, pause, event.id) : over
}

function begun(before: SyncState, pause: SwitchPause, [state, effects]: Step): Step {
  if (switchValue(before, pause) !== true) return [before, []]
  return storing([{ ...state, pause }, effects], { type: 'pause', pause })
}

const withoutPause = ([state, effects]: Step): Step =>
  storing([{ ...state, pause: undefined }, effects], { type: 'pause-over' })

const storing = ([state, effects]: Step, record: JournalRecord): Step => [
  state,
  [...effects, { type: 'persist', records: [record] }],
]

/** The switch as it stands: an edit that was refused does not count. `undefined`: not known. */
export function switchValue(state: SyncState, of: SwitchName): FieldValue | undefined {
  const edit = editsOf(state, of).findLast((entry) => entry.state.kind !== 'blocked')
  return edit ? edit.patch[of.field] : savedValue(state, of)
}

const editsOf = ({ outbox }: SyncState, of: SwitchName): readonly Mutation[] =>
  outbox.filter((entry) => isSameRecord(entry, of) && of.field in entry.patch)

const savedValue = ({ snapshots }: SyncState, of: SwitchName): FieldValue | undefined =>
  snapshots.get(of.section)?.items.find(({ id }) => id === of.item)?.values[of.field]

interface Around {
  readonly before: SyncState
  readonly after: SyncState
}

function isOverruled(pause: SwitchPause, event: SyncEvent, { before, after }: Around): boolean {
  switch (event.type) {
    case 'edited':
      return isSameRecord(event.mutation, pause) && pause.field in event.mutation.patch
    case 'withdrawn':
    case 'resolved': {
      const isMeant = editsOf(before, pause).some(({ id }) => id === event.id)
      // A choice about the other switch says nothing about this one.
      const isAsked = event.type === 'withdrawn' || pause.field in event.choices
      return isMeant && isAsked && before.outbox !== after.outbox
    }
    case 'pulled':
      return (
        event.section === pause.section &&
        !isOutdated(before, event) &&
        isContradicted(pause, after, savedValue(before, pause) === true)
      )
    case 'accepted':
      return hasToldOf(pause, event, before) && isContradicted(pause, after)
    default:
      return false
  }
}

const hasToldOf = (
  pause: SwitchPause,
  event: EventOf<'accepted'>,
  { outbox }: SyncState,
): boolean =>
  event.item !== undefined &&
  outbox.some(({ id, section }) => id === event.id && section === pause.section)

/** Another device has turned it on since, or had turned it off before our word went out. */
function isContradicted(pause: SwitchPause, state: SyncState, wasOn = false): boolean {
  const saved = savedValue(state, pause)
  if (typeof saved !== 'boolean') return false
  const edits = editsOf(state, pause)
  if (edits.length === 0) return saved
  return !saved && !edits.some((edit) => isOurs(edit, pause.field, wasOn))
}

/** Off is what it was all the time, or what an attempt of ours has written, or may have. */
const isOurs = (
  { state, base, isUncertain, sent = [] }: Mutation,
  field: string,
  wasOn: boolean,
): boolean =>
  state.kind === 'in-flight' ||
  (base[field] === false && !wasOn) ||
  (isUncertain === true && sent.some((form) => form[field] === false))

/** The pause taken back after it may have been carried out: off there is then our own doing. */
function puttingBack([state, effects]: Step, { field }: SwitchPause, id: string): Step {
  const undoing = state.outbox.find((entry) => entry.id === id)
  if (undoing?.patch[field] !== true) return [state, effects]
  const change = replaceEdit(state.outbox, { ...undoing, putsBack: [field] })
  return [
    { ...state, outbox: change.outbox },
    [...effects, { type: 'persist', records: change.records }],
  ]
}

/** The switch is turned on again by an edit like any other. */
export function pauseEnded(state: SyncState, { id, at }: EventOf<'pause-ended'>): Step {
  const { pause } = state
  if (pause?.id !== id) return [state, []]
  return withoutPause(edited(state, endOf(pause, state, at)))
}

function endOf(pause: SwitchPause, state: SyncState, at: number): Mutation {
  const { section, item, field, title } = pause
  // On its way, it will be off there by the time this one is sent.
  const isOnItsWay = editsOf(state, pause).some((edit) => edit.state.kind === 'in-flight')
  const saved = isOnItsWay ? false : (savedValue(state, pause) ?? false)
  return {
    id: asMutationId(`${pause.id.slice(0, 50)}-end`),
    section,
    item,
    op: 'update',
    patch: { [field]: true },
    base: { [field]: saved },
    title,
    editedAt: at,
    attempts: 0,
    putsBack: [field],
    state: { kind: 'queued' },
  }
}

/** Stores where a clock that was set, or a restart, has moved it to. */
export function pauseMoved(state: SyncState): Step {
  const { pause } = state
  if (!pause) return [state, []]
  return [
    state,
    [{ type: 'persist', records: [{ type: 'pause', pause }] }, ...published(pause.section)],
  ]
}

/** After a clock was set back while the app was closed, no more is left of it than there ever was. */
export function pauseOnStart(
  pause: SwitchPause | undefined,
  at: number | undefined,
): SwitchPause | undefined {
  if (!pause || at === undefined || at >= pause.startedAt) return pause
  return { ...pause, startedAt: at, until: at + pause.until - pause.startedAt }
}
