const isMac = (): boolean => navigator.userAgent.includes('Mac')

/** The key that saves, as it is printed on the button. */
export const saveKeys: string = isMac() ? '⌘ S' : 'Ctrl S'

export const isSaveKey = (event: KeyboardEvent): boolean =>
  (event.ctrlKey || event.metaKey) &&
  !event.altKey &&
  !event.shiftKey &&
  event.key.toLowerCase() === 's'
