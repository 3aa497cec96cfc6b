import type { AnySection } from '../../shared/domain/sections/section'
import type { ItemView } from '../../shared/sync/view'
import type { SectionsState } from './sections-state.svelte'

/** Which record of a list is open beside it; `new` is one that is being written. */
export type Selection = { readonly kind: 'item'; readonly id: string } | { readonly kind: 'new' }

/** A list, the record open beside it, and where the focus goes when one has gone. */
export class ItemListState {
  readonly section: AnySection
  readonly #sections: SectionsState
  /** The record another part of the window asks to see. */
  readonly #wanted: () => string | undefined
  #answered = $state<string | undefined>()
  #selection = $state.raw<Selection | undefined>()
  /** Until the person has chosen, what was left open decides. */
  #isChosen = $state(false)

  /** Coming back to a section comes back to what was being typed there. */
  readonly #leftOpen = $derived.by<Selection | undefined>(() => {
    if (this.#sections.view(this.section.id)?.newDraft) return { kind: 'new' }
    const drafted = this.items.find((item) => item.draft)
    return drafted && { kind: 'item', id: drafted.id }
  })

  constructor(
    section: AnySection,
    { sections, wantedItem }: { sections: SectionsState; wantedItem: () => string | undefined },
  ) {
    this.section = section
    this.#sections = sections
    this.#wanted = wantedItem
  }

  get items(): readonly ItemView[] {
    return this.#sections.view(this.section.id)?.items ?? []
  }

  get selection(): Selection | undefined {
    const wanted = this.#wanted()
    const isAsked = wanted !== undefined && wanted !== this.#answered
    if (isAsked && this.items.some((item) => isSameItem(item, wanted))) {
      return { kind: 'item', id: wanted }
    }
    return this.#isChosen ? this.#selection : this.#leftOpen
  }

  isSelected(item: ItemView): boolean {
    const { selection } = this
    return selection?.kind === 'item' && isSameItem(item, selection.id)
  }

  open(id: string): void {
    this.#choose({ kind: 'item', id })
  }

  add(): void {
    this.#choose({ kind: 'new' })
  }

  close(): void {
    this.#choose(undefined)
  }

  /** What is open stays open, also when its draft has gone. */
  pin(): void {
    this.#choose(this.selection)
  }

  /** The record to go to once this one is gone: the next, else the one before. */
  neighbour(id: string): ItemView | undefined {
    const index = this.items.findIndex((item) => isSameItem(item, id))
    return this.items[index + 1] ?? this.items[index - 1]
  }

  #choose(selection: Selection | undefined): void {
    this.#answered = this.#wanted()
    this.#isChosen = true
    this.#selection = selection
  }
}

export const isSameItem = (item: ItemView, id: string): boolean => item.id === id || item.was === id
