export type ShortcutId =
  | 'save'
  | 'sections'
  | 'pending'
  | 'settings'
  | 'undo'
  | 'larger'
  | 'smaller'
  | 'usual-size'
  | 'shortcuts'
  | 'next-part'
  | 'close'

export interface Shortcut {
  readonly id: ShortcutId
  readonly what: string
  /** As a key cap shows it, without the modifier. */
  readonly cap: string
  /** What the keyboard reports, in lower case; any of them. */
  readonly keys: readonly string[]
  /** Shift says nothing where this is absent: some layouts need it for the character. */
  readonly shift?: 'wanted' | 'unwanted'
  /** Without Ctrl or ⌘. */
  readonly isPlain?: true
  /** As a menu spells it; absent for what stands in none. */
  readonly accelerator?: string
}

/** The one list of keys: the window obeys it, menus and the list for people are made from it. */
export const shortcuts: readonly Shortcut[] = [
  { id: 'save', what: 'Save the form', cap: 'S', keys: ['s'], shift: 'unwanted' },
  {
    id: 'sections',
    what: 'Go to a section, in order',
    cap: '1–9',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
  },
  {
    id: 'pending',
    what: 'Pending changes',
    cap: 'Shift P',
    keys: ['p'],
    shift: 'wanted',
    accelerator: 'CmdOrCtrl+Shift+P',
  },
  { id: 'settings', what: 'Settings', cap: ',', keys: [','], accelerator: 'CmdOrCtrl+,' },
  {
    id: 'undo',
    what: 'Undo a deletion while its notice stands',
    cap: 'Z',
    keys: ['z'],
    shift: 'unwanted',
  },
  { id: 'larger', what: 'Larger text', cap: '+', keys: ['+', '='], accelerator: 'CmdOrCtrl+Plus' },
  { id: 'smaller', what: 'Smaller text', cap: '−', keys: ['-'], accelerator: 'CmdOrCtrl+-' },
  { id: 'usual-size', what: 'Usual text size', cap: '0', keys: ['0'], accelerator: 'CmdOrCtrl+0' },
  {
    id: 'shortcuts',
    what: 'This list of keys',
    cap: '/',
    keys: ['/', '?'],
    accelerator: 'CmdOrCtrl+/',
  },
  {
    id: 'next-part',
    what: 'Next part of the window; with Shift the one before',
    cap: 'F6',
    keys: ['f6'],
    isPlain: true,
  },
  { id: 'close', what: 'Close what is open', cap: 'Esc', keys: ['escape'], isPlain: true },
]

export interface PressedKey {
  readonly key: string
  readonly hasShift: boolean
  /** Ctrl, or ⌘ on a Mac, and nothing else that changes what a key means. */
  readonly hasModifier: boolean
}

export function shortcutFor({ key, hasShift, hasModifier }: PressedKey): Shortcut | undefined {
  const wanted = key.toLowerCase()
  return shortcuts.find(
    ({ keys, shift, isPlain = false }) =>
      keys.includes(wanted) &&
      (isPlain || hasModifier) &&
      (shift === undefined || (shift === 'wanted') === hasShift),
  )
}

export const acceleratorOf = (id: ShortcutId): string | undefined =>
  shortcuts.find((shortcut) => shortcut.id === id)?.accelerator

/** For people: the sections by as many digits as there are. */
export const listedShortcuts = (sectionCount: number): readonly Shortcut[] =>
  shortcuts.map((shortcut) =>
    shortcut.id === 'sections' ? { ...shortcut, cap: `1–${sectionCount}` } : shortcut,
  )
