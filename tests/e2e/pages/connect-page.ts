import type { Locator, Page } from 'playwright'
import type { Platform } from '../../../src/demo-platform/platform'

/** The screen "Connect". */
export class ConnectPage {
  readonly organization: Locator
  readonly username: Locator
  readonly token: Locator
  readonly address: Locator
  readonly connect: Locator
  readonly demo: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.organization = page.getByRole('textbox', { name: 'Organization' })
    this.username = page.getByRole('textbox', { name: 'Username' })
    this.token = page.getByLabel('API token', { exact: true })
    this.address = page.getByRole('textbox', { name: 'Platform address' })
    this.connect = page.getByRole('button', { name: /^Connect/ })
    this.demo = page.getByRole('button', { name: 'Try the demo' })
  }

  /** Fills in what the platform gave and presses Connect. */
  async connectTo(
    platform: Pick<Platform, 'origin' | 'org' | 'username' | 'token'>,
    changed: { readonly token?: string; readonly username?: string; readonly org?: string } = {},
  ): Promise<void> {
    await this.organization.fill(changed.org ?? platform.org)
    await this.username.fill(changed.username ?? platform.username)
    await this.token.fill(changed.token ?? platform.token)
    await this.openAdvanced()
    await this.address.fill(platform.origin)
    await this.connect.click()
  }

  async openAdvanced(): Promise<void> {
    if (await this.address.isVisible()) return
    await this.#page.getByRole('button', { name: 'Advanced' }).click()
  }
}
