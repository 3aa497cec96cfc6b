import type { MenuItemConstructorOptions } from 'electron'
import { acceleratorOf, type ShortcutId } from '../../shared/domain/shortcuts'
import type { TextSizeChange } from '../../shared/domain/text-size'
import { themes, type Settings } from '../../shared/ipc/contract'

export interface ViewActions {
  readonly setTheme: (theme: Settings['theme']) => void
  readonly changeTextSize: (change: TextSizeChange) => void
  readonly showPending: () => void
}

const themeLabels: Readonly<Record<Settings['theme'], string>> = {
  system: 'As the System',
  light: 'Light',
  dark: 'Dark',
}

/** What a menu shows of a key. The window itself obeys it, so nothing is registered a second time. */
export function keyOf(id: ShortcutId): Partial<MenuItemConstructorOptions> {
  const accelerator = acceleratorOf(id)
  return accelerator === undefined ? {} : { accelerator, registerAccelerator: false }
}

/** The menu View. Ids are stable. */
export function viewMenu(
  theme: Settings['theme'],
  { setTheme, changeTextSize, showPending }: ViewActions,
): MenuItemConstructorOptions {
  const size = (id: ShortcutId, label: string, change: TextSizeChange) => ({
    id: `text-${change}`,
    label,
    ...keyOf(id),
    click: () => {
      changeTextSize(change)
    },
  })
  return {
    label: 'View',
    submenu: [
      size('larger', 'Larger Text', 'larger'),
      size('smaller', 'Smaller Text', 'smaller'),
      size('usual-size', 'Usual Text Size', 'usual'),
      { type: 'separator' },
      ...themes.map((value) => ({
        id: `theme-${value}`,
        type: 'radio' as const,
        label: themeLabels[value],
        checked: value === theme,
        click: () => {
          setTheme(value)
        },
      })),
      { type: 'separator' },
      { id: 'view-pending', label: 'Pending Changes', ...keyOf('pending'), click: showPending },
    ],
  }
}
