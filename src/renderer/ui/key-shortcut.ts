const names: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  '⌘': 'Meta',
  '⇧': 'Shift',
  '⌥': 'Alt',
  Del: 'Delete',
  Esc: 'Escape',
}

/** "Ctrl S" or "⌘S", as a key cap shows it, in the words of `aria-keyshortcuts`. */
export function keyShortcut(keys: string | undefined): string | undefined {
  return keys
    ?.split(/\s+|(?<=[⌘⇧⌥])/u)
    .map((key) => names[key] ?? key)
    .join('+')
}
