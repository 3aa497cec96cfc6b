import type { AppState } from '../state/app-state.svelte'
import { hasModifier } from '../state/keys'
import { focusNextRegion } from './regions'

/** The part of the toasts that a key reaches. */
export interface Undoable {
  readonly undo: () => void
  readonly current: { readonly onUndo?: (() => void) | undefined } | undefined
}

/** The window's own keys; a form's Ctrl S is the form's business. */
export function shortcutsOf(app: AppState, toasts: Undoable): (event: KeyboardEvent) => void {
  const byKey: Readonly<Record<string, () => void>> = {
    ',': () => {
      app.navigate('settings')
    },
    '+': () => void app.settings.grow(),
    '=': () => void app.settings.grow(),
    '-': () => void app.settings.shrink(),
    '0': () => void app.settings.resetSize(),
    ...Object.fromEntries(
      app.registry.shown.slice(0, 9).map(({ id }, index) => [
        String(index + 1),
        () => {
          app.navigate(id)
        },
      ]),
    ),
  }

  const actionOf = (event: KeyboardEvent): (() => void) | undefined => {
    if (event.key === 'F6') {
      return () => {
        focusNextRegion(event.shiftKey ? -1 : 1)
      }
    }
    if (!hasModifier(event)) return undefined
    const key = event.key.toLowerCase()
    if (event.shiftKey && key === 'p') {
      return () => {
        app.togglePending()
      }
    }
    if (key === 'z' && !event.shiftKey && toasts.current?.onUndo && !isTyping(event)) {
      return () => {
        toasts.undo()
      }
    }
    return Object.hasOwn(byKey, key) ? byKey[key] : undefined
  }

  return (event) => {
    if (event.defaultPrevented) return
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    action()
  }
}

/** In a text field Ctrl Z belongs to the text. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}
