import { companionsOf, fieldOf, type AnySection } from '../../shared/domain/sections/section'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { SectionId } from '../../shared/domain/ids'
import { equalValue, textOf, type Values } from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import type { EditReceipt, PageOfItems } from '../../shared/ipc/contract'
import type { ItemView, SectionView } from '../../shared/sync/view'
import { sendable, type ProfileClient } from '../client/client'
import { capKeys } from './keys'
import type { Toasts } from './toasts'

export interface PageQuery {
  readonly offset: number
  readonly limit: number
  readonly search?: string
  readonly filters?: Readonly<Record<string, string | boolean>>
}

interface Surroundings {
  readonly registry: SectionRegistry
  readonly toasts: Toasts
  readonly report: (error: AppError) => void
}

/** Every section as main last told it, and the acts that change one. */
export class SectionsState {
  readonly #client: ProfileClient
  readonly #registry: SectionRegistry
  readonly #toasts: Toasts
  readonly #report: (error: AppError) => void
  #views = $state.raw<Readonly<Record<string, SectionView>>>({})
  /** Names met on pages that the views do not hold: section → item → name. */
  #names = $state.raw<Readonly<Record<string, string>>>({})
  #asked: readonly string[] = []

  constructor(client: ProfileClient, { registry, toasts, report }: Surroundings) {
    this.#client = client
    this.#registry = registry
    this.#toasts = toasts
    this.#report = report
  }

  /** Takes what main tells; the answer stops it. */
  listen(): () => void {
    return this.#client.section.changed((view) => {
      this.#keep(view)
    })
  }

  /** The start snapshot. What an event has brought meanwhile is newer and stays. */
  fill(views: readonly SectionView[]): void {
    const known = Object.fromEntries(views.map((view) => [view.section, view]))
    this.#views = { ...known, ...this.#views }
  }

  /** Another workspace: nothing of the last one may show, nor be taken back in it. */
  clear(): void {
    this.#toasts.clear()
    this.#views = {}
    this.#names = {}
    this.#asked = []
  }

  view(id: SectionId): SectionView | undefined {
    return this.#views[id]
  }

  item(id: SectionId, item: string): ItemView | undefined {
    return this.#views[id]?.items.find((entry) => entry.id === item)
  }

  /** Tells main that the section is looked at, and gets its items and those it refers to. */
  async open(section: AnySection, whenShown?: () => Promise<void>): Promise<void> {
    await Promise.all([
      this.#tellOpened(section.id, whenShown),
      this.ensure(section.id),
      ...companionsOf(section).map((id) => this.ensure(id)),
    ])
  }

  async #tellOpened(section: SectionId, whenShown?: () => Promise<void>): Promise<void> {
    if (whenShown) await whenShown()
    await this.#client.section.opened({ section })
  }

  /** Gets the items of a section of which only the head is here. */
  async ensure(id: SectionId): Promise<void> {
    if (hasItems(this.#views[id]) || this.#asked.includes(id)) return
    this.#asked = [...this.#asked, id]
    const answer = await this.#client.section.view({ section: id })
    this.#asked = this.#asked.filter((asked) => asked !== id)
    if (answer.ok) this.#keep(answer.value)
  }

  refresh(id: SectionId): Promise<Result<void>> {
    return this.#client.section.refresh({ section: id })
  }

  async page(id: SectionId, query: PageQuery): Promise<Result<PageOfItems>> {
    const answer = await this.#client.section.page({ section: id, ...query })
    if (answer.ok) this.#remember(id, answer.value.items)
    return answer
  }

  edit(id: SectionId, item: string, patch: Values): Promise<Result<EditReceipt>> {
    return this.#client.section.edit({ section: id, item, patch: sendable(patch) })
  }

  create(id: SectionId, values: Values): Promise<Result<EditReceipt>> {
    return this.#client.section.create({ section: id, values: sendable(values) })
  }

  /** Deletes, and offers to take it back. */
  async remove(section: AnySection, item: ItemView): Promise<Result<EditReceipt>> {
    const name = this.titleOf(section, item)
    const answer = await this.#client.section.remove({ section: section.id, item: item.id })
    if (answer.ok) {
      const { mutation } = answer.value
      this.#toasts.show({
        text: `Deleted “${name}”`,
        keys: capKeys('Z'),
        onUndo: () => void this.#undo(mutation),
      })
    }
    return answer
  }

  async #undo(mutation: string): Promise<void> {
    const answer = await this.#client.pending.undo({ mutation })
    if (!answer.ok) this.#report(answer.error)
  }

  /** `values` empty: the draft is dropped. */
  saveDraft(id: SectionId, item: string, values: Values): Promise<Result<void>> {
    return this.#client.section.saveDraft({ section: id, item, values: sendable(values) })
  }

  /** What stands for a field in a list: the name behind a reference, else the text itself. */
  labelOf(section: AnySection, item: ItemView, field: string): string {
    const descriptor = fieldOf(section, field)
    if (descriptor?.kind !== 'reference') return textOf(item.values[field])
    const name = this.nameOf(descriptor.to, textOf(item.values[field]))
    if (name !== undefined) return name
    // The label that came with the record names the saved reference, not one chosen since.
    const isSaved = equalValue(item.values[field], item.saved[field])
    return isSaved ? (item.labels[field] ?? '') : ''
  }

  /** Name of a record in another collection, once that record has been seen. */
  nameOf(id: SectionId, item: string): string | undefined {
    const section = this.#registry.find(id)
    const found = this.item(id, item)
    if (section && found) return titleText(section, found)
    return this.#names[nameKey(id, item)]
  }

  titleOf(section: AnySection, item: ItemView): string {
    const parts = (section.row?.title ?? []).map((field) => this.labelOf(section, item, field))
    return parts.filter((part) => part !== '').join(', ') || section.words.one
  }

  #keep(view: SectionView): void {
    this.#views = { ...this.#views, [view.section]: view }
  }

  #remember(id: SectionId, items: readonly ItemView[]): void {
    const section = this.#registry.find(id)
    if (section?.placement !== 'reference') return
    const names = items.map((item) => [nameKey(id, item.id), titleText(section, item)] as const)
    this.#names = { ...this.#names, ...Object.fromEntries(names) }
  }
}

const hasItems = (view: SectionView | undefined): boolean =>
  view !== undefined && (view.items.length > 0 || view.total === 0)

const nameKey = (section: string, item: string): string => `${section}/${item}`

const titleText = (section: AnySection, item: ItemView): string =>
  textOf(item.values[section.row?.title[0] ?? 'name'])
