/** The one modifier of all shortcuts: Cmd on a Mac, Ctrl elsewhere. */
const isMac = (): boolean => navigator.platform.startsWith('Mac')

/** As `aria-keyshortcuts` spells it. */
export const ariaKeys = (key: string): string => `${isMac() ? 'Meta' : 'Control'}+${key}`

/** As a key cap shows it. */
export const capKeys = (key: string): string => (isMac() ? `⌘${key}` : `Ctrl ${key}`)

export const hasModifier = (event: KeyboardEvent): boolean =>
  !event.altKey && (isMac() ? event.metaKey : event.ctrlKey)
