interface SystemTheme {
  readonly themeSource: 'system' | 'light' | 'dark'
  readonly shouldUseDarkColors: boolean
  /** macOS and Windows, from some version on: what the bars of the system are. */
  readonly shouldUseDarkColorsForSystemIntegratedUI?: boolean
  readonly on: (event: 'updated', listener: () => void) => unknown
}

/**
 * Whether the desktop's panel is dark, as far as it can be known. The theme chosen in the app must
 * not reach there: Electron then tells of that one instead of the system's, so the last that was the
 * system's is remembered. To be made before the app's own theme is set.
 * @returns asks for it.
 */
export function watchPanelTheme(theme: SystemTheme): () => boolean {
  let isDark = theme.shouldUseDarkColors
  theme.on('updated', () => {
    if (theme.themeSource === 'system') isDark = theme.shouldUseDarkColors
  })
  return () => theme.shouldUseDarkColorsForSystemIntegratedUI ?? isDark
}
