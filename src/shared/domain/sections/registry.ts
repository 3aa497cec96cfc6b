import type { SectionId } from '../ids'
import { basic } from './basic'
import { companies } from './companies'
import { education } from './education'
import { experience } from './experience'
import { institutions } from './institutions'
import { memory } from './memory'
import { memorySettings } from './memory-settings'
import { resume } from './resume'
import { companionsOf, type AnySection } from './section'
import { social } from './social'

/** The ordered list from which navigation, forms, caches, requests and merging are derived. */
export interface SectionRegistry {
  readonly all: readonly AnySection[]
  /** Those with a place in the navigation, in order. */
  readonly shown: readonly AnySection[]
  readonly find: (id: SectionId) => AnySection | undefined
}

export function createRegistry(all: readonly AnySection[]): SectionRegistry {
  const byId = new Map<SectionId, AnySection>(all.map((section) => [section.id, section]))
  if (byId.size !== all.length) throw new Error('two sections have the same id')
  return {
    all,
    shown: all.filter((section) => section.placement === 'section'),
    find: (id) => byId.get(id),
  }
}

/** The section on whose page this one is: switches and what entries refer to have none of their own. */
export const pageOf = ({ shown }: SectionRegistry, section: SectionId): AnySection | undefined =>
  shown.find(({ id }) => id === section) ??
  shown.find((candidate) => companionsOf(candidate).includes(section))

export const registry: SectionRegistry = createRegistry([
  basic,
  social,
  education,
  experience,
  resume,
  memory,
  memorySettings,
  institutions,
  companies,
])
