import type { Locator } from 'playwright'
import type { FramePage } from './frame-page'

/** A list section with the form beside it: Education, Experience. */
export class ListPage {
  readonly frame: FramePage
  readonly rows: Locator
  readonly add: Locator
  readonly delete: Locator

  constructor(frame: FramePage, title: 'Education' | 'Experience') {
    this.frame = frame
    this.rows = frame.main.getByRole('list', { name: title }).getByRole('listitem')
    this.add = frame.main.getByRole('button', { name: `Add ${title.toLowerCase()}` })
    this.delete = frame.main.getByRole('button', { name: 'Delete', exact: true })
  }

  row(words: string | RegExp): Locator {
    return this.rows.filter({ hasText: words })
  }

  /** Opens a record by the words of its title. */
  async openRow(title: string): Promise<void> {
    await this.frame.main.getByRole('button', { name: title, exact: true }).click()
    await this.frame.save.waitFor()
  }

  /** Types a name that is not there yet into a picker and creates it. */
  async createInPicker(label: string, name: string): Promise<void> {
    const field = this.frame.main.getByRole('combobox', { name: label })
    await field.fill(name)
    await this.frame.page.getByRole('option', { name: new RegExp(`^Create “${name}”`) }).click()
  }

  async pick(label: string, typed: string, option: string): Promise<void> {
    await this.frame.main.getByRole('combobox', { name: label }).fill(typed)
    await this.frame.page.getByRole('option', { name: new RegExp(`^${option}`) }).click()
  }
}
