import type { Locator, Page } from 'playwright'
import { expect } from 'playwright/test'
import { registry } from '../../../src/shared/domain/sections/registry'
import type { SectionView } from '../../../src/shared/sync/view'

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
    // Beside the section where there is room, over it where there is not.
    this.pending = page
      .getByRole('complementary', { name: 'Pending changes' })
      .or(page.getByRole('dialog', { name: 'Pending changes' }))
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

  /** Presses "Send now"; what has gone by itself meanwhile needs no press. */
  async sendNow(): Promise<void> {
    if (!(await this.pending.isVisible())) await this.openPending()
    const button = this.pending.getByRole('button', { name: 'Send now' })
    const nothing = this.pending.getByText('Nothing waits')
    await button.or(nothing).first().waitFor()
    await button.click({ timeout: 2_000 }).catch(() => nothing.waitFor())
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

  /** Waits until every section has been read, also those that have no screen of their own. */
  async waitUntilRead(): Promise<void> {
    await this.navigation.waitFor()
    await this.main.getByRole('button', { name: /^Checked / }).waitFor()
    await expect.poll(() => this.#unread()).toEqual([])
  }

  /** Waits until nothing is unsent any more and the status line says so. */
  async waitUntilSaved(): Promise<void> {
    await this.waitUntilTaken()
    await expect.poll(() => this.#unsent()).toBe(0)
    await this.status.filter({ hasText: /^\s*Saved/ }).waitFor()
  }

  /** Waits until what was typed is an edit on this computer, sent or not. */
  async waitUntilKept(): Promise<void> {
    await this.waitUntilTaken()
    await this.status.filter({ hasText: /^\s*(On this computer|Offline)/ }).waitFor()
  }

  /** Waits until main has taken what was typed: nothing is a draft any more. */
  async waitUntilTaken(): Promise<void> {
    await this.#draftWord.waitFor({ state: 'hidden' })
  }

  /** Saves what was typed into the open form and waits until the platform has it. */
  async saveAndSend(): Promise<void> {
    await this.pressSave()
    await this.waitUntilSaved()
  }

  /** Presses Save once what was typed shows as a draft: the page may lag behind the keys. */
  async pressSave(): Promise<void> {
    await this.#draftWord.waitFor()
    await this.save.click()
  }

  #unread(): Promise<readonly string[]> {
    const ids = registry.all.map(({ id }) => id)
    return this.page.evaluate(async (sections) => {
      const { iblaiProfile: bridge } = window as unknown as { iblaiProfile: Bridge }
      const views = await Promise.all(sections.map((section) => bridge.section.view({ section })))
      return sections.filter((_, index) => {
        const view = views[index]?.value
        return view?.readAt === undefined && view?.read.kind !== 'failed'
      })
    }, ids)
  }

  get #draftWord(): Locator {
    return this.main.getByText(/^\s*Draft/).first()
  }

  /** How many edits main still has to send; the status line follows a moment later. */
  #unsent(): Promise<number> {
    return this.page.evaluate(async () => {
      const { iblaiProfile: bridge } = window as unknown as { iblaiProfile: Bridge }
      return (await bridge.pending.list({})).value.length
    })
  }
}

/** What is asked of main beside what is on screen. */
interface Bridge {
  readonly pending: {
    readonly list: (input: object) => Promise<{ readonly value: readonly unknown[] }>
  }
  readonly section: {
    readonly view: (input: { readonly section: string }) => Promise<{ readonly value: SectionView }>
  }
}
