import type { Locator } from 'playwright'
import type { FramePage } from './frame-page'

/** The tokens in Settings → Connection. */
export class ConnectionSettings {
  readonly group: Locator

  constructor(frame: FramePage) {
    this.group = frame.main.getByRole('group', { name: 'Connection' })
  }

  add(host: 'LMS' | 'DM'): Locator {
    return this.group.getByRole('button', { name: `Add a second token for the ${host} host` })
  }

  replace(host: 'LMS' | 'DM'): Locator {
    return this.group.getByRole('button', { name: `Replace the second token of the ${host} host` })
  }

  /** Removes the host's own token, after the second press it asks for. */
  async remove(host: 'LMS' | 'DM'): Promise<void> {
    await this.group
      .getByRole('button', { name: `Remove the second token of the ${host} host` })
      .click()
    await this.group.getByRole('button', { name: 'Remove token' }).click()
  }
}
