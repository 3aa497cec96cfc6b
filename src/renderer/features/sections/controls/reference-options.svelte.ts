import type { SectionId } from '../../../../shared/domain/ids'
import { fieldOf } from '../../../../shared/domain/sections/section'
import { textOf } from '../../../../shared/domain/values'
import type { AppError } from '../../../../shared/errors'
import type { ItemView } from '../../../../shared/sync/view'
import type { AppState } from '../../../state/app-state.svelte'
import type { ComboOption } from '../../../ui/combobox-state.svelte'
import { labelOfChoice } from '../choice-options'
import { editStateOf } from '../edit-words'
import { matchName } from '../reference-match'

const shownAtOnce = 50
const looksAlike = 'Looks like what you typed'

/** The records of another collection, as one picks from them; a new one is made in place. */
export class ReferenceOptions {
  readonly #app: AppState
  readonly #to: SectionId
  #typed = $state('')
  #found = $state.raw<readonly ItemView[] | undefined>()
  #isLoading = $state(false)
  #error = $state.raw<AppError | undefined>()
  #asked = 0

  readonly #items = $derived.by(() => this.#found ?? this.#view?.items ?? [])
  readonly #options = $derived.by<readonly ComboOption[]>(() => {
    const matches = this.#items.flatMap((item) => {
      const match = matchName(this.#nameOf(item), this.#typed)
      return match ? [{ item, match }] : []
    })
    const sorted = matches.sort((a, b) => a.match.rank - b.match.rank).slice(0, shownAtOnce)
    return sorted.map(({ item, match }, index) =>
      this.#option(item, match.isNearDuplicate && index === 0),
    )
  })

  constructor(app: AppState, to: SectionId) {
    this.#app = app
    this.#to = to
    void app.sections.ensure(to)
  }

  get options(): readonly ComboOption[] {
    return this.#options
  }

  get isLoading(): boolean {
    return this.#isLoading
  }

  get error(): AppError | undefined {
    return this.#error
  }

  /** The chosen record, also under the id it had before the platform gave it one. */
  item(id: string): ItemView | undefined {
    return this.#view?.items.find((item) => item.id === id || item.was === id)
  }

  name(id: string): string | undefined {
    const item = this.item(id)
    return item ? this.#nameOf(item) : this.#app.sections.nameOf(this.#to, id)
  }

  second(id: string): string | undefined {
    const item = this.item(id)
    return item && this.#place(item)
  }

  /** Long collections are searched in main, short ones here. */
  async search(text: string): Promise<void> {
    this.#typed = text
    this.#asked += 1
    const asked = this.#asked
    const view = this.#view
    if (!view || view.total <= view.items.length || text.trim() === '') {
      this.#found = undefined
      this.#isLoading = false
      return
    }
    this.#isLoading = true
    const query = { offset: 0, limit: shownAtOnce, search: text.trim() }
    const answer = await this.#app.sections.page(this.#to, query)
    if (asked !== this.#asked) return
    this.#isLoading = false
    if (answer.ok) this.#found = answer.value.items
  }

  /** Makes a record of that name; answers its id, at once and without a network. */
  async create(name: string): Promise<string | undefined> {
    const title = this.#titleField
    if (title === undefined) return undefined
    const answer = await this.#app.sections.create(this.#to, { [title]: name.trim() })
    this.#error = answer.ok ? undefined : answer.error
    this.#typed = ''
    return answer.ok ? answer.value.item : undefined
  }

  get #view() {
    return this.#app.sections.view(this.#to)
  }

  get #section() {
    return this.#app.registry.find(this.#to)
  }

  get #titleField(): string | undefined {
    return this.#section?.row?.title[0]
  }

  #nameOf(item: ItemView): string {
    return textOf(item.values[this.#titleField ?? ''])
  }

  #place(item: ItemView): string {
    const section = this.#section
    const parts = (section?.row?.subtitle ?? []).map((key) => {
      const field = section && fieldOf(section, key)
      return field ? labelOfChoice(field, textOf(item.values[key])) : ''
    })
    return parts.filter((part) => part !== '').join(', ')
  }

  #option(item: ItemView, isAlike: boolean): ComboOption {
    const parts = [this.#place(item), isAlike ? looksAlike : '']
    const second = parts.filter((part) => part !== '').join('. ')
    return {
      value: item.id,
      label: this.#nameOf(item),
      second: second === '' ? undefined : second,
      state: editStateOf(item.mark === 'draft' ? undefined : item.mark),
    }
  }
}
