import type { Locator, Page } from 'playwright'

export type SectionTitle = 'Basic' | 'Social' | 'Education' | 'Experience' | 'Résumé' | 'Memory'

export const sectionTitles: readonly SectionTitle[] = [
  'Basic',
  'Social',
  'Education',
  'Experience',
  'Résumé',
  'Memory',
]

/** What stands around every section: navigation, status, banners, toasts. */
export class FramePage {
  readonly page: Page
  readonly navigation: Locator
  readonly status: Locator
  readonly save: Locator
  readonly cancel: Locator
  readonly main: Locator
  readonly toastUndo: Locator
  readonly pending: Locator

  constructor(page: Page) {
    this.page = page
    this.navigation = page.getByRole('navigation', { name: 'Profile sections' })
    this.status = this.navigation.getByRole('status')
    this.main = page.getByRole('main')
    this.save = this.main.getByRole('button', { name: 'Save', exact: true })
    this.cancel = this.main.getByRole('button', { name: 'Cancel', exact: true })
    this.toastUndo = this.main.getByRole('status').getByRole('button', { name: /^Undo/ })
    this.pending = page.getByRole('dialog', { name: 'Pending changes' })
  }

  /** Opens a section and waits for its heading. */
  async open(title: SectionTitle): Promise<void> {
    await this.link(title).click()
    await this.heading(title).waitFor()
  }

  link(title: SectionTitle): Locator {
    return this.navigation.getByRole('link', { name: new RegExp(`^${title}`) })
  }

  heading(title: string): Locator {
    return this.page.getByRole('heading', { level: 1, name: title })
  }

  /** A field of the open form, by its name. */
  field(label: string): Locator {
    return this.main.getByLabel(label, { exact: true })
  }

  /** What stands under a field: its error, its help. */
  described(label: string): Locator {
    return this.main.locator('.field').filter({ has: this.page.getByLabel(label, { exact: true }) })
  }

  async openSettings(): Promise<void> {
    await this.navigation.getByRole('link', { name: 'Settings' }).click()
    await this.heading('Settings').waitFor()
  }

  async openPending(): Promise<void> {
    await this.navigation.getByRole('button', { name: /^Pending changes/ }).click()
    await this.pending.waitFor()
  }

  async closePending(): Promise<void> {
    await this.page.keyboard.press('Escape')
    await this.pending.waitFor({ state: 'hidden' })
  }

  /** Opens the menu of workspaces and picks an entry. */
  async pickInMenu(name: string | RegExp): Promise<void> {
    await this.navigation.getByRole('button', { name: /workspaces$/ }).click()
    await this.page
      .getByRole('menuitem', { name })
      .or(this.page.getByRole('menuitemcheckbox', { name }))
      .or(this.page.getByRole('menuitemradio', { name }))
      .click()
  }

  /** Waits until the platform's first answers are in and nothing is unsent. */
  async waitUntilRead(): Promise<void> {
    await this.navigation.waitFor()
    await this.main.getByRole('button', { name: /^Checked / }).waitFor()
  }

  /** Waits until the status line says that the platform has everything. */
  async waitUntilSaved(): Promise<void> {
    await this.status.filter({ hasText: /^\s*Saved/ }).waitFor()
  }

  async waitUntilKept(): Promise<void> {
    await this.status.filter({ hasText: /^\s*(On this computer|Offline)/ }).waitFor()
  }

  /** Saves the open form and waits until the platform has it. */
  async saveAndSend(): Promise<void> {
    await this.save.click()
    await this.waitUntilSaved()
  }
}
