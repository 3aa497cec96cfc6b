import { selfItemId } from '../../../shared/domain/ids'
import { basic } from '../../../shared/domain/sections/basic'
import { resume } from '../../../shared/domain/sections/resume'
import type { AnySection } from '../../../shared/domain/sections/section'
import { isFileValue, type FileValue } from '../../../shared/domain/values'
import type { Result } from '../../../shared/errors'
import type { EditReceipt, IpcContract } from '../../../shared/ipc/contract'
import type { Handlers, IncomingFile } from '../../../shared/ipc/define'
import { err, ok } from '../../../shared/result'
import type { SpoolLimits } from '../../../shared/sync/ports'
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
    download: async ({ name }) =>
      withSession<{ readonly saved: boolean }>(ports, async (session) => {
        const connection = await session.connection()
        if (!connection.ok) return connection
        const path = await ports.desktop.chooseSaveAs(name ?? currentResumeName(session))
        if (path === undefined) return ok({ saved: false })
        const saved = await connection.value.saveResumeFile(name, path)
        return saved.ok ? ok({ saved: true }) : saved
      }),
  }
}

function currentResumeName(session: Session): string {
  const file = session.engine.state().snapshots.get(resume.id)?.items[0]?.values['file']
  return isFileValue(file) ? file.name : 'resume.pdf'
}

/** Copies the file first: from then on the original may vanish. */
async function uploadResume(
  ports: HandlerPorts,
  files: readonly IncomingFile[],
): Promise<Result<EditReceipt>> {
  const [file, ...more] = files
  if (!file || more.length > 0) return err({ kind: 'file', reason: 'several' })
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
  const copy = edit.value?.spoolId
  if (!applied.ok && copy !== undefined) await session.files.spool.remove(copy)
  await session.sweepSpool()
  return applied
}
