import type { Locator } from 'playwright'
import type { FramePage, SectionTitle } from './frame-page'

/** The earlier values of one section, or of all. */
export class HistoryPage {
  readonly frame: FramePage
  readonly entries: Locator
  readonly section: Locator
  readonly clear: Locator

  constructor(frame: FramePage) {
    this.frame = frame
    this.entries = frame.main.getByRole('article')
    this.section = frame.main.getByRole('combobox', { name: 'Section' })
    this.clear = frame.main.getByRole('button', { name: 'Clear history' })
  }

  /** Opens it from the head of a section. */
  async openFrom(title: SectionTitle): Promise<void> {
    await this.frame.open(title)
    await this.frame.main.getByRole('button', { name: 'History', exact: true }).click()
    await this.frame.heading('History').waitFor()
  }

  /** The entries of which this is said. */
  saying(words: string | RegExp): Locator {
    return this.entries.filter({ hasText: words })
  }

  async restore(entry: Locator): Promise<void> {
    await entry.getByRole('button', { name: /^Restore/ }).click()
  }

  async clearAll(): Promise<void> {
    await this.clear.click()
    const dialog = this.frame.page.getByRole('dialog', { name: 'Clear the history' })
    await dialog.getByRole('button', { name: 'Clear history' }).click()
    await dialog.waitFor({ state: 'hidden' })
  }
}
