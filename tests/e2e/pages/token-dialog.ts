import type { Locator, Page } from 'playwright'

/** The dialog that takes a token for one host, or another first one. */
export class TokenDialog {
  readonly dialog: Locator
  readonly token: Locator
  readonly submit: Locator
  readonly cancel: Locator
  readonly sessionOnly: Locator

  constructor(page: Page) {
    this.dialog = page.getByRole('dialog', { name: /^(Add a second|Replace the) / })
    this.token = this.dialog.getByLabel(/^(Token for the (LMS|DM) host|API token)$/)
    this.submit = this.dialog.getByRole('button', { name: /^(Add|Replace) token$/ })
    this.cancel = this.dialog.getByRole('button', { name: 'Cancel' })
    this.sessionOnly = this.dialog.getByRole('button', { name: 'Keep for this session only' })
  }

  /** Gives a token and waits until it is accepted. */
  async give(token: string): Promise<void> {
    await this.token.fill(token)
    await this.submit.click()
    await this.dialog.waitFor({ state: 'hidden' })
  }
}
