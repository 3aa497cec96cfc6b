import { selfItemId } from '../../../shared/domain/ids'
import { basic } from '../../../shared/domain/sections/basic'
import { resume } from '../../../shared/domain/sections/resume'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { FileValue } from '../../../shared/domain/values'
import type { Result } from '../../../shared/errors'
import type { EditReceipt, IpcContract, ResumeFile } from '../../../shared/ipc/contract'
import type { Handlers, IncomingFile } from '../../../shared/ipc/define'
import { err, ok } from '../../../shared/result'
import type { SpoolLimits } from '../../../shared/sync/ports'
import { resumeFileOf } from '../drag-out'
import { updateOf } from '../edits'
import type { Session } from '../session'
import { apply, moment, withSession } from './in-session'
import type { HandlerPorts } from './ports'

const resumeLimits: SpoolLimits = { maxBytes: 25 * 1024 * 1024, accept: 'pdf' }
const photoLimits: SpoolLimits = { maxBytes: 1024 * 1024, accept: 'image' }

export function resumeHandlers(ports: HandlerPorts): Handlers<IpcContract>['resume'] {
  return {
    upload: async (_input, files) => uploadResume(ports, files),
    choose: async () => {
      const before = ports.workspaces.session
      const path = await ports.desktop.chooseFile('pdf')
      if (path === undefined) return ok({ chosen: false })
      // Chosen for the workspace that was open when the dialog came.
      if (ports.workspaces.session !== before) return err({ kind: 'cancelled' })
      const uploaded = await uploadResume(ports, [{ path }])
      return uploaded.ok ? ok({ chosen: true }) : uploaded
    },
    takeHanded: async () => {
      const handed = ports.handed.take().map((path) => ({ path }))
      return handed.length === 0 ? err({ kind: 'cancelled' }) : uploadResume(ports, handed)
    },
    download: async ({ name, file }) =>
      withSession(ports, (session) =>
        file === 'waiting' ? saveWaiting(ports, session) : saveStored(ports, session, name),
      ),
    prepareDrag: ({ file }) => ports.dragOut.prepare(file),
    drag: ({ file }) => withSession(ports, (session) => drag(ports, session, file)),
  }
}

type Saved = Promise<Result<{ readonly saved: boolean }>>

async function saveStored(ports: HandlerPorts, session: Session, name?: string): Saved {
  const connection = await session.connection()
  if (!connection.ok) return connection
  const suggested = name ?? resumeFileOf(session, 'stored')?.name ?? 'resume.pdf'
  const path = await ports.desktop.chooseSaveAs(suggested)
  if (path === undefined) return ok({ saved: false })
  const saved = await connection.value.saveResumeFile(name, path)
  return saved.ok ? ok({ saved: true }) : saved
}

/** It may have gone up and left the spool while the dialog was open. */
async function saveWaiting(ports: HandlerPorts, session: Session): Saved {
  const file = resumeFileOf(session, 'waiting')
  if (file?.spoolId === undefined) return err({ kind: 'not-found' })
  const path = await ports.desktop.chooseSaveAs(file.name)
  if (path === undefined) return ok({ saved: false })
  const saved = await session.files.spool.copyTo(file.spoolId, path)
  return saved.ok ? ok({ saved: true }) : saved
}

/** What cannot be had now is said at once; whether the network is back is still tried. */
async function drag(
  { dragOut, desktop }: HandlerPorts,
  session: Session,
  which: ResumeFile,
): Promise<Result<{ readonly hasBegun: boolean }>> {
  const path = await dragOut.ready(which)
  if (path === undefined) {
    void dragOut.prepare(which)
    const isOutOfReach = which === 'stored' && !session.engine.state().connectivity.isOnline
    return isOutOfReach ? err({ kind: 'offline' }) : ok({ hasBegun: false })
  }
  desktop.startDrag(path)
  return ok({ hasBegun: true })
}

/** Copies the file first: from then on the original may vanish. */
async function uploadResume(
  ports: HandlerPorts,
  files: readonly IncomingFile[],
): Promise<Result<EditReceipt>> {
  const [file, ...more] = files
  if (!file || more.length > 0) return err({ kind: 'file', reason: 'several' })
  // Dragged out of the window and let go over it again: it is the résumé already.
  if ('path' in file && ports.dragOut.isOurs(file.path)) return err({ kind: 'cancelled' })
  return withSession(ports, async (session) => {
    const { spool } = session.files
    const kept =
      'path' in file
        ? await spool.addFile(file.path, resumeLimits)
        : await spool.addBytes(file.name, file.bytes, resumeLimits)
    if (!kept.ok) return kept
    return editFile(ports, session, { section: resume, key: 'file', value: kept.value })
  })
}

export function photoHandlers(ports: HandlerPorts): Handlers<IpcContract>['photo'] {
  return {
    set: async ({ bytes }) =>
      withSession(ports, async (session) => {
        const kept = await session.files.spool.addBytes('photo.jpg', bytes, photoLimits)
        if (!kept.ok) return kept
        return editFile(ports, session, { section: basic, key: 'photo', value: kept.value })
      }),
    remove: async () =>
      withSession(ports, (session) =>
        editFile(ports, session, { section: basic, key: 'photo', value: null }),
      ),
  }
}

async function editFile(
  ports: HandlerPorts,
  session: Session,
  edit: {
    readonly section: AnySection
    readonly key: string
    readonly value: FileValue | null
  },
): Promise<Result<EditReceipt>> {
  const patch = { [edit.key]: edit.value }
  const made = updateOf(
    edit.section,
    session.engine.state(),
    { item: selfItemId, patch },
    moment(ports),
  )
  const applied = await apply(session, made)
  await session.sweepSpool(edit.value?.spoolId)
  return applied
}
