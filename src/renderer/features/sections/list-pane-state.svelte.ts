import { tick } from 'svelte'
import type { ItemView } from '../../../shared/sync/view'
import type { AppState } from '../../state/app-state.svelte'
import type { ItemListState } from '../../state/item-list-state.svelte'

export interface Focusable {
  readonly focus: () => void
}

/** Opening, closing and deleting in a list, with the focus where one goes on. */
export class ListPaneState {
  readonly list: ItemListState
  readonly #app: AppState
  #rows: Readonly<Record<string, Focusable | undefined>> = {}

  constructor(app: AppState, list: ItemListState) {
    this.#app = app
    this.list = list
  }

  row(id: string): Focusable | undefined {
    return this.#rows[id]
  }

  keepRow(id: string, row: Focusable | null | undefined): void {
    this.#rows = { ...this.#rows, [id]: row ?? undefined }
  }

  async open(item: ItemView): Promise<void> {
    this.list.open(item.id)
    await focusTitle()
  }

  async close(): Promise<void> {
    const { selection } = this.list
    this.list.close()
    await tick()
    this.#focusRow(selection?.kind === 'item' ? selection.id : undefined)
  }

  async remove(item: ItemView): Promise<void> {
    const next = this.list.neighbour(item.id)
    const answer = await this.#app.sections.remove(this.list.section, item)
    if (!answer.ok) {
      this.#app.report(answer.error)
      return
    }
    if (this.list.isSelected(item)) this.list.close()
    await tick()
    this.#focusRow(next?.id)
  }

  /** A record just made stays open under the id it got. */
  async saved(createdId: string | undefined): Promise<void> {
    if (createdId === undefined) return
    this.list.open(createdId)
    await focusTitle()
  }

  #focusRow(id: string | undefined): void {
    const row = id === undefined ? undefined : this.#rows[id]
    if (row) row.focus()
    else void this.#app.focusHeading()
  }
}

async function focusTitle(): Promise<void> {
  await tick()
  document.querySelector<HTMLElement>('[data-entry-title]')?.focus()
}
