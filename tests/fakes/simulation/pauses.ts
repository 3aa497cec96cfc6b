import { selfItemId } from '../../../src/shared/domain/ids'
import { memorySettings } from '../../../src/shared/domain/sections/memory-settings'
import type { Values } from '../../../src/shared/domain/values'
import { switchValue } from '../../../src/shared/sync/pause'
import { updateOf } from '../../../src/main/app/edits'
import type { SyncEngine } from '../../../src/main/app/sync-engine'
import type { FakePlatform, Row } from './platform'
import type { Dice, VirtualTime } from './world'

export interface PausePorts {
  readonly dice: Dice
  readonly time: VirtualTime
  readonly engine: () => SyncEngine
  readonly platform: FakePlatform
  readonly story: (line: string) => void
  readonly violated: (law: string) => void
  /** A pause has begun: whatever was wanted of the switch before. */
  readonly onBegun: (section: string, field: string) => void
}

const field = 'learn'
const of = { section: memorySettings.id, item: selfItemId, field }
const lengths: readonly number[] = [50, 4_000, 30_000, 120_000]

/** No pause of a run lasts longer. */
export const longestPauseMs = 120_000

/** The person pauses learning and resumes it, and remembers what has to be so afterwards. */
export class Pauses {
  readonly #ports: PausePorts
  /** On before the pause, and nobody has said anything of it since: it has to be on in the end. */
  #isOwed = false
  /** The person has said on, or paused what was on: only then may it be turned on. */
  #mayBeTurnedOn = false
  /** Another has said off while ours was unanswered: nobody can tell it from ours. */
  isHidden = false
  #count = 0
  /** The last pause that was begun. A crash may have come upon it. */
  #begun: string | undefined
  /** The place in the history of the switch where it begins. */
  #begunAt = 0

  constructor(ports: PausePorts) {
    this.#ports = ports
  }

  async act(): Promise<void> {
    const { pause } = this.#ports.engine().state()
    if (pause && this.#ports.dice.chance(0.4)) await this.#resume(pause.id)
    else await this.#pause()
  }

  /** Something else is said of the switch: what it is then is not the pause's matter. */
  said(by: 'person' | 'foreign', section: string, values: Values): void {
    if (section !== of.section || !(field in values)) return
    this.#isOwed = false
    if (by === 'person' && values[field] === true) this.#mayBeTurnedOn = true
    if (by === 'foreign') this.isHidden = values[field] === false && this.#isUnanswered
  }

  get #isUnanswered(): boolean {
    const { outbox, doubts } = this.#ports.engine().state()
    const isGivenUp = doubts.some(
      ({ section, body }) => section === of.section && body[field] === false,
    )
    const isSent = outbox.some(
      ({ section, isUncertain, sent = [] }) =>
        section === of.section &&
        isUncertain === true &&
        sent.some((form) => form[field] === false),
    )
    return isGivenUp || isSent
  }

  /** What is being written may only turn on what was on before. */
  written(section: string, row: Row, values: Values): void {
    const isTurnedOn =
      section === of.section && values[field] === true && row.values.get(field) === false
    if (isTurnedOn && !this.#mayBeTurnedOn) this.#ports.violated('turned on what was off')
  }

  get #isOnThere(): boolean {
    return this.#ports.platform.rowsOf(of.section)[0]?.values.get(field) === true
  }

  judge(): void {
    const { platform, engine, violated } = this.#ports
    if (engine().state().pause) violated('a pause without an end')
    const [row] = platform.rowsOf(of.section)
    const history = row?.history.get(field) ?? []
    if (!this.#isOwed || history.at(-1)?.lateFrom !== undefined) return
    // Off by an earlier write of ours that comes late is, for all to see, off by another.
    const isTurnedOffLate = history
      .slice(this.#begunAt)
      .some(({ lateFrom, value }) => lateFrom !== undefined && value === false)
    if (isTurnedOffLate) return
    if (!this.#isOnThere) violated('after a pause it is not what it was before')
  }

  async #pause(): Promise<void> {
    const { dice, time, story } = this.#ports
    const state = this.#ports.engine().state()
    const isOn = switchValue(state, of) === true
    const unique = `p${(this.#count += 1)}`
    const startedAt = time.wall()
    const moment = { now: startedAt, unique }
    const made = updateOf(memorySettings, state, { ...of, patch: { [field]: false } }, moment)
    if (!made.ok) return
    const { id, title } = made.value
    const until = startedAt + (dice.one(lengths) ?? 0)
    if (isOn) this.#mayBeTurnedOn = true
    this.#begun = id
    const [row] = this.#ports.platform.rowsOf(of.section)
    const begunAt = row?.history.get(field)?.length ?? 0
    const stored = await this.#ports.engine().dispatch({
      type: 'edited',
      mutation: made.value,
      pause: { ...of, id, title, startedAt, until },
    })
    const now = this.#ports.engine().state()
    if (stored.ok && now.pause?.id === id) {
      // Another device may have said off, unseen here.
      this.#isOwed = isOn && this.#isOnThere
      this.#begunAt = begunAt
      this.#ports.onBegun(of.section, field)
    }
    story(`person: paused learning for ${until - startedAt} ms: ${stored.ok ? 'done' : 'not kept'}`)
  }

  /** A pause that a crash came upon, and was kept, has begun. */
  restarted(): void {
    const { pause } = this.#ports.engine().state()
    if (pause && pause.id === this.#begun) this.#ports.onBegun(of.section, field)
  }

  async #resume(id: Parameters<SyncEngine['withdraw']>[0]): Promise<void> {
    const at = this.#ports.time.wall()
    const ended = await this.#ports.engine().dispatch({ type: 'pause-ended', id, at })
    this.#ports.story(`person: resumed learning: ${ended.ok ? 'done' : 'not kept'}`)
  }
}
