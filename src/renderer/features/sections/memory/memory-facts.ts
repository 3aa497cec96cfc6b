import type { Choice } from '../../../../shared/domain/sections/section'
import { textOf, type Json, type JsonObject } from '../../../../shared/domain/values'
import type { ItemView } from '../../../../shared/sync/view'

/** What the platform told while the memories were read. */
export interface MemoryFacts {
  readonly agents: readonly Choice[]
  /** Categories an agent files under. */
  readonly categoriesOf: (agent: string) => readonly Choice[]
  readonly categories: readonly Choice[]
  /** A memory for every agent can be added. */
  readonly hasGlobal: boolean
  /** One for every agent can be taken away later, not changed: the platform has no request for it. */
  readonly isGlobalFixed: boolean
  /** The organisation has switched memory off. */
  readonly isOff: boolean
  readonly isCut: boolean
  readonly isDenied: boolean
}

export function memoryFacts(facts: JsonObject): MemoryFacts {
  const byAgent = objectOf(facts['categories'])
  const legacy = listOf(facts['legacyCategories']).filter((slug) => typeof slug === 'string')
  const old = legacy.map((slug) => ({ value: slug, label: wordsOf(slug) }))
  const categoriesOf = (agent: string): readonly Choice[] => {
    const own = listOf(byAgent[agent]).flatMap((entry) => choiceOf(entry, 'slug'))
    return own.length > 0 ? own : old
  }
  const all = [...Object.keys(byAgent).flatMap(categoriesOf), ...old]
  return {
    agents: listOf(facts['agents']).flatMap((entry) => choiceOf(entry, 'id')),
    categoriesOf,
    categories: [...new Map(all.map((choice) => [choice.value, choice])).values()].sort((a, b) =>
      a.label.localeCompare(b.label),
    ),
    hasGlobal: facts['hasGlobal'] !== false,
    isGlobalFixed: facts['hasGlobal'] === true,
    isOff: facts['gate'] === false,
    isCut: facts['isCut'] === true,
    isDenied: listOf(facts['denied']).length > 0,
  }
}

/** Why a memory has no Edit, and what can be done instead. */
export function noEditText({ can, values }: Pick<ItemView, 'can' | 'values'>, org: string): string {
  const which = textOf(values['agent']) === '' ? 'a memory for every agent' : 'this memory'
  const instead = can.delete ? ' Delete it and add it anew.' : ''
  return `${org || 'The platform'} offers no way to edit ${which}.${instead}`
}

/** "learning_goals" as one reads it, where no name came with it. */
export function wordsOf(slug: string): string {
  const words = slug.replace(/[_-]+/g, ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function choiceOf(entry: Json, key: 'id' | 'slug'): readonly Choice[] {
  const { [key]: value, name } = objectOf(entry)
  if (typeof value !== 'string') return []
  return [{ value, label: typeof name === 'string' && name !== '' ? name : wordsOf(value) }]
}

const listOf = (json: Json | undefined): readonly Json[] => (isList(json) ? json : [])

const isList = (json: Json | undefined): json is readonly Json[] => Array.isArray(json)

const objectOf = (json: Json | undefined): JsonObject =>
  typeof json === 'object' && json !== null && !isList(json) ? json : {}
