import type { AppState } from './app-state.svelte'

/** Carries what the state says to the document: listeners, title, theme and text size. */
export function connectPage(app: AppState): void {
  $effect(() => app.listen())

  $effect(() => app.hearNetwork(window))

  $effect(() => {
    document.title = app.title
  })

  $effect(() => {
    const { theme } = app.settings
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  })

  $effect(() => {
    document.documentElement.style.fontSize = `${String(app.settings.textSize)}%`
  })
}
