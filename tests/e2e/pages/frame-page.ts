import type { Locator, Page } from 'playwright'

export type SectionTitle = 'Basic' | 'Social' | 'Education' | 'Experience' | 'Résumé' | 'Memory'

/** What stands around every section: navigation, status, toasts. */
export class FramePage {
  readonly navigation: Locator
  readonly status: Locator
  readonly save: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.navigation = page.getByRole('navigation', { name: 'Profile sections' })
    this.status = this.navigation.getByRole('status')
    this.save = page.getByRole('button', { name: /^Save/ })
  }

  /** Opens a section and waits for its heading. */
  async open(title: SectionTitle): Promise<void> {
    await this.navigation.getByRole('link', { name: title }).click()
    await this.heading(title).waitFor()
  }

  heading(title: string): Locator {
    return this.#page.getByRole('heading', { level: 1, name: title })
  }
}
