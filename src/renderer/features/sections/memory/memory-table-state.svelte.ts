import type { AnySection } from '../../../../shared/domain/sections/section'
import type { ItemView } from '../../../../shared/sync/view'
import type { AppState } from '../../../state/app-state.svelte'
import { capKeys } from '../../../state/keys'
import { GridSelection } from '../../../state/grid-selection.svelte'
import type { MemoryFilters, MemoryListState } from '../../../state/memory-list-state.svelte'
import { noEditText } from './memory-facts'

interface Actions {
  readonly onEdit: (item: ItemView) => void
  readonly onShow: (index: number) => void
}

interface TableOptions {
  readonly section: AnySection
  readonly memories: MemoryListState
  readonly onRemoved: (id: string) => void
}

const pageStep = 10

/** Keys, selection and deletion of the table. */
export class MemoryTableState {
  readonly memories: MemoryListState
  readonly selection = new GridSelection()
  readonly #app: AppState
  readonly #section: AnySection
  readonly #onRemoved: (id: string) => void
  #deleting = $state.raw<{ readonly done: number; readonly all: number } | undefined>()

  constructor(app: AppState, { section, memories, onRemoved }: TableOptions) {
    this.#app = app
    this.#section = section
    this.#onRemoved = onRemoved
    this.memories = memories
  }

  get active(): number {
    return Math.min(this.selection.active, Math.max(0, this.memories.rows.length - 1))
  }

  get deleting() {
    return this.#deleting
  }

  get isAllChosen(): boolean {
    const { foundCount } = this.memories
    return foundCount > 0 && this.selection.count >= foundCount
  }

  /** True when the key is used up. */
  pressKey(event: KeyboardEvent, actions: Actions): boolean {
    const target = this.#targetOf(event.key)
    if (target !== undefined) {
      const ids = this.memories.rows.map((row) => row?.id)
      if (event.shiftKey) this.selection.extendTo(target, ids)
      else this.selection.moveTo(target)
      actions.onShow(target)
      return true
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      void this.chooseAll()
      return true
    }
    return this.#actOn(event.key, actions)
  }

  async chooseAll(): Promise<void> {
    if (this.isAllChosen) {
      this.selection.clear()
      return
    }
    const items = await this.memories.loadAll()
    this.selection.add(items.map((item) => item.id))
  }

  /** Opens one, or says why the platform lets nobody change it. */
  edit(item: ItemView, onEdit: (item: ItemView) => void): void {
    if (item.can.update) onEdit(item)
    else this.#app.toasts.show({ text: noEditText(item, this.#app.workspaces.org) })
  }

  /** What is chosen is always in sight: nobody deletes what they do not see. */
  filter(change: Partial<MemoryFilters>): void {
    this.selection.clear()
    this.memories.filter(change)
  }

  clearFilters(): void {
    this.selection.clear()
    this.memories.clearFilters()
  }

  /** One, with the focus staying in the table. */
  async remove(item: ItemView): Promise<void> {
    if (!item.can.delete) return
    const answer = await this.#app.sections.remove(this.#section, item)
    if (answer.ok) this.#removed(item.id)
    else this.#app.report(answer.error)
  }

  /** All that are chosen; one notice takes them all back. */
  async removeChosen(): Promise<void> {
    const { ids } = this.selection
    const mutations: string[] = []
    for (const [done, item] of ids.entries()) {
      this.#deleting = { done, all: ids.length }
      const answer = await this.#app.client.section.remove({ section: this.#section.id, item })
      if (!answer.ok) {
        this.#app.report(answer.error)
        break
      }
      mutations.push(answer.value.mutation)
      this.#removed(item)
    }
    this.#deleting = undefined
    if (mutations.length > 0) this.#offerUndo(mutations)
  }

  #removed(id: string): void {
    this.selection.forget(id)
    this.#onRemoved(id)
  }

  #offerUndo(mutations: readonly string[]): void {
    const count = mutations.length
    this.#app.toasts.show({
      text: count === 1 ? 'Deleted 1 memory' : `Deleted ${String(count)} memories`,
      keys: capKeys('Z'),
      onUndo: () => void this.#undo(mutations),
    })
  }

  async #undo(mutations: readonly string[]): Promise<void> {
    for (const mutation of mutations) {
      const answer = await this.#app.pending.undo(mutation)
      if (!answer.ok) this.#app.report(answer.error)
    }
  }

  #targetOf(key: string): number | undefined {
    const last = this.memories.rows.length - 1
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + pageStep,
      PageUp: this.active - pageStep,
      Home: 0,
      End: last,
    }
    const target = Object.hasOwn(targets, key) ? targets[key] : undefined
    return target === undefined ? undefined : Math.max(0, Math.min(last, target))
  }

  #actOn(key: string, { onEdit }: Actions): boolean {
    const item = this.memories.rows[this.active]
    if (key === 'Escape') {
      const hadChosen = this.selection.count > 0
      this.selection.clear()
      return hadChosen
    }
    if (!item) return false
    if (key === ' ') this.selection.toggle(item.id, this.active)
    else if (key === 'Enter') this.edit(item, onEdit)
    else if (key === 'Delete') void this.remove(item)
    else return false
    return true
  }
}
