import type { Component } from 'svelte'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { ItemListState } from '../../state/item-list-state.svelte'

export interface SectionBodyProps {
  section: AnySection
  list: ItemListState
}

export type SectionBody = Component<SectionBodyProps>

type LoadBody = () => Promise<{ readonly default: SectionBody }>

/** Sections with a look of their own; the others are drawn from their descriptor alone. */
const bodies = new Map<string, LoadBody>([
  ['basic', () => import('./BasicBody.svelte')],
  ['social', () => import('./SocialBody.svelte')],
  ['resume', () => import('./ResumeBody.svelte')],
  ['memory', () => import('./MemoryBody.svelte')],
])

export const customBody = (section: AnySection): LoadBody | undefined => bodies.get(section.id)
