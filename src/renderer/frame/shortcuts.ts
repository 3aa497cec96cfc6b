import { shortcutFor, type ShortcutId } from '../../shared/domain/shortcuts'
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
  const actions: Readonly<Partial<Record<ShortcutId, (event: KeyboardEvent) => void>>> = {
    sections: ({ key }) => {
      const section = app.registry.shown[Number(key) - 1]
      if (section) app.navigate(section.id)
    },
    pending: () => {
      app.togglePending()
    },
    settings: () => {
      app.navigate('settings')
    },
    larger: () => void app.settings.grow(),
    smaller: () => void app.settings.shrink(),
    'usual-size': () => void app.settings.resetSize(),
    shortcuts: () => {
      app.help.open('shortcuts')
    },
    undo: () => {
      toasts.undo()
    },
    'next-part': ({ shiftKey }) => {
      focusNextRegion(shiftKey ? -1 : 1)
    },
  }

  const actionOf = (event: KeyboardEvent): ((event: KeyboardEvent) => void) | undefined => {
    const { key, shiftKey: hasShift } = event
    const id = shortcutFor({ key, hasShift, hasModifier: hasModifier(event) })?.id
    const hasNothing = id === 'undo' && (!toasts.current?.onUndo || isTyping(event))
    return id === undefined || hasNothing ? undefined : actions[id]
  }

  return (event) => {
    if (event.defaultPrevented) return
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    action(event)
  }
}

/** In a text field Ctrl Z belongs to the text. */
function isTyping(event: KeyboardEvent): boolean {
  const { target } = event
  return target instanceof HTMLElement && target.closest('input, textarea') !== null
}
