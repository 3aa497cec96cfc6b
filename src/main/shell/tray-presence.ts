const isAlwaysThere = process.platform !== 'linux'

/** Whether the desktop shows tray icons, as far as it has told. Only Linux desktops may have none. */
export class TrayPresence {
  /** Whether the app has made its icon, and with a picture. */
  hasIcon: () => boolean = () => false
  readonly isPanelDark: () => boolean
  #isThere = isAlwaysThere
  #isKnown = isAlwaysThere

  constructor(isPanelDark: () => boolean) {
    this.isPanelDark = isPanelDark
  }

  get isThere(): boolean {
    return this.#isThere
  }

  set isThere(isThere: boolean) {
    this.#isThere = isThere
    this.#isKnown = true
  }

  /** The desktop has told. */
  get isKnown(): boolean {
    return this.#isKnown
  }
}
