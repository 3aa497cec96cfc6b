import { selfItemId } from '../../../src/shared/domain/ids'
import { equalValue, type FieldValue, type Values } from '../../../src/shared/domain/values'
import { isStuck } from '../../../src/shared/sync/chain'
import type { Mutation, SyncState } from '../../../src/shared/sync/state'
import { isAsWeTriedIt } from './overwrites'
import type { Person } from './person'
import type { FakePlatform, Row } from './platform'

/** Failures that pass by themselves: nobody is to be asked about one. */
const passing: readonly string[] = ['offline', 'timeout', 'server', 'rate-limited']

const saying = (name: string, key: string, value: FieldValue | undefined): string =>
  `${name}/${key} ${JSON.stringify(value ?? null)}`

type WatchedPerson = Pick<Person, 'undone' | 'givenUp' | 'wants'>

/** Looks at every state that is published, as a person at the screen would. */
export class Watch {
  readonly #platform: FakePlatform
  readonly #violated: (law: string) => void
  readonly #person: () => WatchedPerson
  /** The newest change of each field that has been shown, by its place in the field's history. */
  readonly #newest = new Map<string, number>()
  readonly #places = new Map<string, Set<number>>()
  /** Fields whose late value has been asked about for another reason. */
  readonly #asked = new Set<string>()
  /** Values of which it was said that a late write has replaced them. */
  readonly #said = new Set<string>()

  constructor(
    platform: FakePlatform,
    ports: { readonly violated: (law: string) => void; readonly person: () => WatchedPerson },
  ) {
    this.#platform = platform
    this.#violated = ports.violated
    this.#person = ports.person
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
    // Whichever of two values is asked about, the other is said with it.
    for (const [key, value] of Object.entries(state.theirs))
      this.#said.add(saying(name, key, value))
    if (state.cause === 'late-write') return this.#lateWrite(mutation, state.theirs, row)
    for (const [key, value] of Object.entries(state.theirs)) {
      const said = row?.history.get(key)?.filter((change) => equalValue(change.value, value)) ?? []
      // What lands long after it was given up has to be asked about.
      if (said.some(({ lateFrom }) => lateFrom !== undefined)) {
        this.#asked.add(`${name}/${key}`)
        continue
      }
      if (this.#person().undone.has(`${name}/${key}`)) continue
      if (said.length > 0 && said.every(({ by }) => by === 'us')) {
        this.#violated(`asked about one's own value: ${name}/${key} ${JSON.stringify(value)}`)
      }
    }
  }

  /** Said only where it is true; and remembered, since it has to be said wherever it is. */
  #lateWrite(mutation: Mutation, theirs: Values, row: Row | undefined): void {
    const name = `${mutation.section}/${mutation.item}`
    const keys = Object.keys(theirs)
    for (const key of keys) this.#said.add(saying(name, key, mutation.patch[key]))
    const isTrue = keys.some((key) => {
      const history = row?.history.get(key) ?? []
      if (row && history.some(({ value }) => isAsWeTriedIt(row, key, value))) return true
      // Of what was said several times nobody can tell whose it is.
      const said = history.filter(({ value }) => equalValue(value, theirs[key]))
      return said.length > 1 || history.some(({ lateFrom }) => lateFrom !== undefined)
    })
    if (row && !isTrue) this.#violated(`a late write that was none: ${name} ${keys.join()}`)
  }

  /** Values a late write has put out of force although they had been shown here. */
  *erased(section: string): Iterable<{ readonly name: string; readonly isSaid: boolean }> {
    for (const row of this.#platform.rowsOf(section)) {
      for (const [key, history] of row.history) {
        const late = history.at(-1)
        const before = history.at(-2)
        if (late?.lateFrom === undefined || !before || before.lateFrom !== undefined) continue
        // Not what was sent, it cannot be told by that.
        if (late.by === 'platform') continue
        if (before.at < late.lateFrom || late.value === false) continue
        const name = `${section}/${row.id}`
        if (!this.hasShown(row, section, key)) continue
        // What the person has taken back themselves, given up, or asked for since is nothing to tell them.
        const { undone, givenUp } = this.#person()
        if (before.by === 'us' && undone.has(`${name}/${key}`)) continue
        if (givenUp.has(`${name}/${key}`)) continue
        if (this.#person().wants(section, row.id, { key, value: late.value })) continue
        const isSaid = this.#said.has(saying(name, key, before.value))
        yield { name: `${name}/${key}`, isSaid: isSaid || this.#asked.has(`${name}/${key}`) }
      }
    }
  }

  /** What was shown so far is known nowhere any more. */
  forget(): void {
    this.#places.clear()
    this.#newest.clear()
  }

  /** Whether the value before the last of a field has ever been shown. */
  hasShown(row: Row, section: string, key: string): boolean {
    const place = (row.history.get(key)?.length ?? 0) - 2
    return this.#places.get(`${section}/${row.id}/${key}`)?.has(place) === true
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
        this.#places.set(name, (this.#places.get(name) ?? new Set()).add(place))
        const newest = this.#newest.get(name) ?? 0
        if (place < newest) this.#violated(`went back: ${name} to ${JSON.stringify(value)}`)
        this.#newest.set(name, Math.max(newest, place))
      }
    }
  }
}
