import { fieldOf, type AnySection } from '../../../shared/domain/sections/section'
import { isList, textOf, type FieldValue, type Values } from '../../../shared/domain/values'
import { joinTexts } from './word-diff'

export type Choice = 'mine' | 'theirs' | 'both'

/** Fields that were changed on both sides. Read at each use, so that it stays live. */
export interface Contested {
  readonly mine: Values
  readonly theirs: Values
  readonly mineAt: number | undefined
  readonly theirsAt: number | undefined
  /** What they were before; absent where that is no part of the question. */
  readonly began: Values | undefined
}

/** The person's choice for each contested field. Nothing is chosen beforehand. */
export class CompareState {
  readonly section: AnySection
  readonly #contested: () => Contested
  #choices = $state.raw<Readonly<Record<string, Choice>>>({})
  #edited = $state.raw<Values>({})
  #isAsked = $state(false)

  constructor(section: AnySection, contested: () => Contested) {
    this.section = section
    this.#contested = contested
  }

  get keys(): readonly string[] {
    const { theirs } = this.#contested()
    return Object.keys(theirs).filter((key) => fieldOf(this.section, key))
  }

  get contested(): Contested {
    return this.#contested()
  }

  get chosenCount(): number {
    return this.keys.filter((key) => this.choice(key) !== undefined).length
  }

  get isComplete(): boolean {
    return this.chosenCount === this.keys.length
  }

  /** The first field without a choice, once Save has asked for it. */
  get missing(): string | undefined {
    return this.#isAsked ? this.keys.find((key) => this.choice(key) === undefined) : undefined
  }

  choice(key: string): Choice | undefined {
    return this.#choices[key]
  }

  choose(key: string, choice: Choice): void {
    this.#choices = { ...this.#choices, [key]: choice }
  }

  chooseAll(choice: Choice): void {
    this.#choices = Object.fromEntries(this.keys.map((key) => [key, choice]))
  }

  ask(): void {
    this.#isAsked = true
  }

  /** What "both" begins with: both texts joined, both lists together, else one's own. */
  both(key: string): FieldValue {
    const { mine, theirs } = this.#contested()
    return this.#edited[key] ?? joined(mine[key] ?? null, theirs[key] ?? null)
  }

  edit(key: string, value: FieldValue): void {
    this.#edited = { ...this.#edited, [key]: value }
  }

  get choices(): Values {
    const { mine, theirs } = this.#contested()
    return Object.fromEntries(
      this.keys.map((key) => {
        const choice = this.choice(key)
        if (choice === 'both') return [key, this.both(key)]
        return [key, (choice === 'theirs' ? theirs : mine)[key] ?? null]
      }),
    )
  }

  forget(): void {
    this.#choices = {}
    this.#edited = {}
    this.#isAsked = false
  }
}

function joined(mine: FieldValue, theirs: FieldValue): FieldValue {
  if (isList(mine) || isList(theirs)) {
    return [...new Set([...(isList(mine) ? mine : []), ...(isList(theirs) ? theirs : [])])]
  }
  if (typeof mine === 'string' && typeof theirs === 'string') return joinTexts(mine, theirs)
  return textOf(mine) === '' ? theirs : mine
}
