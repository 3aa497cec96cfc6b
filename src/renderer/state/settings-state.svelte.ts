import { changedTextSize } from '../../shared/domain/text-size'
import type { Settings } from '../../shared/ipc/contract'
import type { ProfileClient } from '../client/client'

/** Theme, text size and what closing does. Main keeps them; the page shows what main last told. */
export class SettingsState {
  readonly #client: ProfileClient
  #value = $state.raw<Settings>({
    theme: 'system',
    textSize: 100,
    onClose: 'tray',
    looksForUpdates: true,
  })

  constructor(client: ProfileClient) {
    this.#client = client
  }

  listen(): () => void {
    return this.#client.app.settingsChanged((settings) => {
      this.#value = settings
    })
  }

  fill(settings: Settings): void {
    this.#value = settings
  }

  get theme(): Settings['theme'] {
    return this.#value.theme
  }

  get onClose(): Settings['onClose'] {
    return this.#value.onClose
  }

  get looksForUpdates(): boolean {
    return this.#value.looksForUpdates
  }

  get textSize(): number {
    return this.#value.textSize
  }

  async set(change: Partial<Settings>): Promise<void> {
    const answer = await this.#client.app.setSettings(change)
    if (answer.ok) this.#value = answer.value
  }

  grow(): Promise<void> {
    return this.set({ textSize: changedTextSize(this.textSize, 'larger') })
  }

  shrink(): Promise<void> {
    return this.set({ textSize: changedTextSize(this.textSize, 'smaller') })
  }

  resetSize(): Promise<void> {
    return this.set({ textSize: changedTextSize(this.textSize, 'usual') })
  }
}
