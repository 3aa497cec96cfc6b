import type { WorkspaceId } from '../../shared/domain/ids'
import type { Result } from '../../shared/errors'
import type { IpcContract } from '../../shared/ipc/contract'
import type { Handlers } from '../../shared/ipc/define'
import { err } from '../../shared/result'

/**
 * The handlers as the page may use them. Another workspace can be opened without it, from the tray
 * for one, and it hears of that a moment later. What it asks before it has asked for the start of
 * that one is meant for the last: it is refused with `cancelled`, never done to the wrong profile.
 */
export function forPage(
  handlers: Handlers<IpcContract>,
  open: () => WorkspaceId | undefined,
): Handlers<IpcContract> {
  let shown: WorkspaceId | undefined
  const isMeant = () => open() === shown
  const { app, workspace, section, toggle, pending, history, resume, photo } = handlers
  const { unsent, exportUnsent, signOut, renewToken, removeToken } = workspace
  const ofOpen = { unsent, exportUnsent, signOut, renewToken, removeToken }
  return {
    ...handlers,
    app: {
      ...app,
      start: (input) => {
        shown = open()
        return app.start(input)
      },
    },
    workspace: { ...workspace, ...whileMeant(ofOpen, isMeant) },
    section: whileMeant(section, isMeant),
    toggle: whileMeant(toggle, isMeant),
    pending: whileMeant(pending, isMeant),
    history: whileMeant(history, isMeant),
    resume: whileMeant(resume, isMeant),
    photo: whileMeant(photo, isMeant),
  }
}

type Handler = (...given: readonly never[]) => Promise<Result<unknown>>

function whileMeant<Group extends Readonly<Record<string, Handler>>>(
  group: Group,
  isMeant: () => boolean,
): Group {
  const guarded = Object.entries(group).map(([name, handler]) => [
    name,
    (...given: readonly never[]) =>
      isMeant() ? handler(...given) : Promise.resolve(err({ kind: 'cancelled' })),
  ])
  return Object.fromEntries(guarded) as Group
}
