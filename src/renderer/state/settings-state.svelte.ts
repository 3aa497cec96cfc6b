import { changedTextSize } from '../../shared/domain/text-size'
import type { AppError } from '../../shared/errors'
import type { Settings } from '../../shared/ipc/contract'
import type { ProfileClient } from '../client/client'

/** Theme, text size and what closing does. Main keeps them; the page shows what main last told. */
export class SettingsState {
  readonly #client: ProfileClient
  readonly #report: (error: AppError) => void
  #value = $state.raw<Settings>({
    theme: 'system',
    textSize: 100,
    onClose: 'tray',
    looksForUpdates: true,
  })

  constructor(client: ProfileClient, report: (error: AppError) => void) {
    this.#client = client
    this.#report = report
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

  /** Refused, the controls show again what is so. */
  async set(change: Partial<Settings>): Promise<void> {
    const answer = await this.#client.app.setSettings(change)
    this.#value = answer.ok ? answer.value : { ...this.#value }
    if (!answer.ok) this.#report(answer.error)
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
