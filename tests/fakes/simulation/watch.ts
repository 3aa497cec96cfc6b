import { selfItemId } from '../../../src/shared/domain/ids'
import { equalValue } from '../../../src/shared/domain/values'
import { isStuck } from '../../../src/shared/sync/chain'
import type { Mutation, SyncState } from '../../../src/shared/sync/state'
import type { FakePlatform, Row } from './platform'

/** Failures that pass by themselves: nobody is to be asked about one. */
const passing: readonly string[] = ['offline', 'timeout', 'server', 'rate-limited']

/** Looks at every state that is published, as a person at the screen would. */
export class Watch {
  readonly #platform: FakePlatform
  readonly #violated: (law: string) => void
  readonly #isUndone: (field: string) => boolean
  /** The newest change of each field that has been shown, by its place in the field's history. */
  readonly #newest = new Map<string, number>()

  constructor(
    platform: FakePlatform,
    person: { violated: (law: string) => void; isUndone: (field: string) => boolean },
  ) {
    this.#platform = platform
    this.#violated = person.violated
    this.#isUndone = person.isUndone
  }

  look(section: string, state: SyncState): void {
    for (const mutation of state.outbox) {
      if (mutation.section === section && isStuck(mutation)) this.#question(mutation)
    }
    for (const row of this.#platform.rowsOf(section)) this.#goesForward(section, row, state)
  }

  /** The person is asked only about what others did or what will not pass. */
  #question(mutation: Mutation): void {
    const name = `${mutation.section}/${mutation.item}`
    const { state } = mutation
    if (state.kind === 'blocked' && passing.includes(state.error.kind)) {
      this.#violated(`asked about what passes by itself: ${name} ${state.error.kind}`)
    }
    if (state.kind !== 'conflict' || mutation.op === 'delete') return
    const row = this.#platform.rowsOf(mutation.section).find(({ id }) => id === mutation.item)
    // What lands long after it was given up has to be asked about.
    if (row?.isTainted === true) return
    for (const [key, value] of Object.entries(state.theirs)) {
      const said = row?.history.get(key)?.filter((change) => equalValue(change.value, value)) ?? []
      if (this.#isUndone(`${name}/${key}`)) continue
      if (said.length > 0 && said.every(({ by }) => by === 'us')) {
        this.#violated(`asked about one's own value: ${name}/${key} ${JSON.stringify(value)}`)
      }
    }
  }

  /** What is shown as saved never goes back to something older. */
  #goesForward(section: string, row: Row, state: SyncState): void {
    const id = row.id === 'self' ? selfItemId : row.id
    for (const snapshot of state.snapshots.values()) {
      if (snapshot.section !== section) continue
      const item = snapshot.items.find((entry) => entry.id === id)
      for (const [key, value] of Object.entries(item?.values ?? {})) {
        const history = row.history.get(key) ?? []
        const places = history.flatMap((change, place) =>
          equalValue(change.value, value) ? [place] : [],
        )
        const [place] = places
        if (place === undefined || places.length > 1) continue
        const name = `${section}/${row.id}/${key}`
        const newest = this.#newest.get(name) ?? 0
        if (place < newest) this.#violated(`went back: ${name} to ${JSON.stringify(value)}`)
        this.#newest.set(name, Math.max(newest, place))
      }
    }
  }
}
