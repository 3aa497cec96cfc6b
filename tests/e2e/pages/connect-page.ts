import type { Locator, Page } from 'playwright'
import type { Platform } from '../../../src/demo-platform/platform'

type Target = Pick<Platform, 'origin' | 'org' | 'username' | 'token'>

/** The screen "Connect". */
export class ConnectPage {
  readonly heading: Locator
  readonly organization: Locator
  readonly username: Locator
  readonly token: Locator
  readonly address: Locator
  readonly connect: Locator
  readonly demo: Locator
  readonly chooseEnvFile: Locator
  /** What the token may do, section by section. */
  readonly report: Locator
  /** Errors that concern no single field. */
  readonly alert: Locator
  readonly sessionOnly: Locator
  readonly retryKeychain: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.heading = page.getByRole('heading', { level: 1, name: 'Connect' })
    this.organization = page.getByRole('textbox', { name: 'Organization' })
    this.username = page.getByRole('textbox', { name: 'Username' })
    this.token = page.getByLabel('API token', { exact: true })
    this.address = page.getByRole('textbox', { name: 'Platform address' })
    this.connect = page.getByRole('button', { name: /^Connect/ })
    this.demo = page.getByRole('button', { name: 'Try the demo' })
    this.chooseEnvFile = page.getByRole('button', { name: 'Choose the .env file' })
    this.report = page.getByRole('complementary', { name: 'What this token can do' })
    this.alert = page.getByRole('alert')
    this.sessionOnly = page.getByRole('checkbox', { name: 'Keep for this session only' })
    this.retryKeychain = page.getByRole('button', { name: 'Retry' })
  }

  /** Fills in what the platform gave and presses Connect. */
  async connectTo(platform: Target, changed: Partial<Target> = {}): Promise<void> {
    await this.fill({ ...platform, ...changed })
    await this.connect.click()
  }

  async fill({ origin, org, username, token }: Target): Promise<void> {
    await this.organization.fill(org)
    await this.username.fill(username)
    await this.token.fill(token)
    await this.openAdvanced()
    await this.address.fill(origin)
  }

  async openAdvanced(): Promise<void> {
    await this.heading.waitFor()
    if (await this.address.isVisible()) return
    await this.#page.getByRole('button', { name: 'Advanced' }).click()
  }

  /** The row of one section in the report: readable, writable, what was found. */
  reportRow(section: string): Locator {
    return this.report.getByRole('row', { name: new RegExp(`^${section}`) })
  }
}
