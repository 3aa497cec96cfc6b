import { expect, it } from 'vitest'
import { watchPanelTheme } from './panel-theme'

/** As Electron has it: a chosen theme hides the system's. */
function aTheme({ isSystemDark = false, bars }: { isSystemDark?: boolean; bars?: boolean } = {}) {
  let tell = (): void => undefined
  const theme = {
    themeSource: 'system' as 'system' | 'light' | 'dark',
    isSystemDark,
    ...(bars !== undefined && { shouldUseDarkColorsForSystemIntegratedUI: bars }),
    get shouldUseDarkColors(): boolean {
      return this.themeSource === 'system' ? this.isSystemDark : this.themeSource === 'dark'
    },
    on: (_event: 'updated', listener: () => void) => {
      tell = listener
    },
  }
  const set = (change: Partial<Pick<typeof theme, 'themeSource' | 'isSystemDark'>>) => {
    Object.assign(theme, change)
    tell()
  }
  return { theme, set }
}

it('is the system’s, whatever theme is chosen in the app', () => {
  const { theme, set } = aTheme({ isSystemDark: true })
  const isDark = watchPanelTheme(theme)
  set({ themeSource: 'light' })
  expect(isDark()).toBe(true)
})

it('follows the system, also when the app follows it again', () => {
  const { theme, set } = aTheme()
  const isDark = watchPanelTheme(theme)
  set({ isSystemDark: true })
  expect(isDark()).toBe(true)
  set({ themeSource: 'dark' })
  set({ isSystemDark: false })
  set({ themeSource: 'system' })
  expect(isDark()).toBe(false)
})

it('is what the system says of its bars, where it says so', () => {
  const { theme } = aTheme({ isSystemDark: false, bars: true })
  expect(watchPanelTheme(theme)()).toBe(true)
})
