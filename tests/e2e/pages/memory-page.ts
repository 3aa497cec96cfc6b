import type { Locator } from 'playwright'
import type { FramePage } from './frame-page'

export const learnLabel = 'Allow AI to learn from conversations'
export const useLabel = 'Use saved information in responses'

export class MemoryPage {
  readonly learn: Locator
  readonly use: Locator
  readonly add: Locator
  readonly text: Locator
  readonly addButton: Locator
  readonly agent: Locator
  readonly category: Locator
  readonly search: Locator
  readonly table: Locator
  readonly #frame: FramePage

  constructor(frame: FramePage) {
    this.#frame = frame
    const { main } = frame
    this.learn = main.getByRole('switch', { name: learnLabel })
    this.use = main.getByRole('switch', { name: useLabel })
    this.add = main.getByRole('button', { name: 'Add memory' }).first()
    this.text = main.getByRole('textbox', { name: 'Memory', exact: true })
    this.addButton = main.getByRole('button', { name: 'Add', exact: true })
    const form = main.getByRole('region', { name: /memory$/ })
    this.agent = form.getByRole('combobox', { name: 'Agent' })
    this.category = form.getByRole('combobox', { name: 'Category' })
    this.search = main.getByRole('searchbox')
    this.table = main.getByRole('grid')
  }

  row(text: string): Locator {
    return this.table.getByRole('row').filter({ hasText: text })
  }

  async deleteRow(text: string): Promise<void> {
    await this.row(text).hover()
    await this.#frame.main.getByRole('button', { name: `Delete: ${text}` }).click()
  }

  async editRow(text: string): Promise<void> {
    await this.row(text).hover()
    await this.#frame.main.getByRole('button', { name: `Edit: ${text}` }).click()
  }
}
