import { getContext, setContext } from 'svelte'
import type { ItemId } from '../../../shared/domain/ids'
import type { AnySection } from '../../../shared/domain/sections/section'

/** A record of another collection, to be edited on top of the form that refers to it. */
export interface ReferencePaneTarget {
  readonly section: AnySection
  readonly item: ItemId
  /** The control that gets the focus back. */
  readonly from: string
}

type OpenPane = (target: ReferencePaneTarget) => void

const key = Symbol('reference pane')

/** Undefined where there is no room for a pane: inside another one. */
export const getReferencePane = (): OpenPane | undefined => getContext<OpenPane | undefined>(key)

export const setReferencePane = (open: OpenPane | undefined): void => {
  setContext(key, open)
}
