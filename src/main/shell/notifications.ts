import { Notification } from 'electron'
import type { AppError } from '../../shared/errors'
import type { Mutation } from '../../shared/sync/state'
import { sentenceFor } from '../../shared/text/errors'
import type { MenuParts } from './menus'
import { noticesOf, type Notice } from './notices'
import { bringToFront } from './window'

type NotifyingParts = Pick<MenuParts, 'registry' | 'workspaces' | 'window' | 'publish'>

/** Why a command of the tray or of a menu was not taken: there may be no window to say it in. */
export function notifyOfRefusal(error: AppError): void {
  if (!Notification.isSupported()) return
  const { title, text } = sentenceFor(error)
  new Notification({ title, body: text }).show()
}

/** Notifications while the window is hidden. @returns to be called after every change. */
export function createNotifying(parts: NotifyingParts): () => void {
  const { registry, workspaces, publish } = parts
  let seen: { readonly workspace: string; readonly outbox: readonly Mutation[] } | undefined
  // Kept until closed: one that is collected does not hear its click.
  const open = new Set<Notification>()
  const notify = ({ section, title, text }: Notice) => {
    const notification = new Notification({ title, body: text })
    open.add(notification)
    notification.on('close', () => open.delete(notification))
    notification.on('click', () => {
      const window = parts.window()
      if (window) bringToFront(window)
      publish('app', 'show', { section })
    })
    notification.show()
  }
  return () => {
    const { session } = workspaces
    const before = seen
    seen = session && { workspace: session.workspace.id, outbox: session.engine.state().outbox }
    if (!seen || seen.workspace !== before?.workspace || before.outbox === seen.outbox) return
    if (parts.window()?.isVisible() === true || !Notification.isSupported()) return
    noticesOf(before.outbox, seen.outbox, registry).forEach(notify)
  }
}
