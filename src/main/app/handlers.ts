import { asSectionId, selfItemId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import { resume } from '../../shared/domain/sections/resume'
import type { AnySection } from '../../shared/domain/sections/section'
import { isFileValue, type FileValue } from '../../shared/domain/values'
import type { Workspace } from '../../shared/domain/workspace'
import type { Result } from '../../shared/errors'
import type { EditReceipt, IpcContract, Settings, StartView } from '../../shared/ipc/contract'
import type { Handlers, IncomingFile } from '../../shared/ipc/define'
import { err, ok } from '../../shared/result'
import type { Clock, Ids, SpoolLimits } from '../../shared/sync/ports'
import type { Mutation, SyncState } from '../../shared/sync/state'
import { emptyState } from '../../shared/sync/state'
import { pendingChanges, syncStatus } from '../../shared/sync/status'
import { sectionView } from '../../shared/sync/view'
import { createOf, currentId, deleteOf, updateOf, type EditMoment } from './edits'
import { parseEnvFile } from './env-file'
import { pageOf } from './page'
import type { Desktop, Preferences } from './ports'
import { sectionHead, sectionSlice } from './publisher'
import type { Session } from './session'
import type { Workspaces } from './workspaces'

export interface HandlerPorts {
  readonly registry: SectionRegistry
  readonly workspaces: Workspaces
  readonly preferences: Preferences
  readonly desktop: Desktop
  readonly clock: Clock
  readonly ids: Ids
  readonly version: string
  /** Theme and text size have changed: the page and the system's parts follow. */
  readonly onSettings: (settings: Settings) => void
}

const resumeLimits: SpoolLimits = { maxBytes: 25 * 1024 * 1024, accept: 'pdf' }
const photoLimits: SpoolLimits = { maxBytes: 1024 * 1024, accept: 'image' }
const envFileMaxBytes = 64 * 1024

/** Every question of the page, answered. Knows nothing of Electron. */
export function createHandlers(ports: HandlerPorts): Handlers<IpcContract> {
  return {
    app: appHandlers(ports),
    workspace: workspaceHandlers(ports),
    section: sectionHandlers(ports),
    pending: pendingHandlers(ports),
    resume: resumeHandlers(ports),
    photo: photoHandlers(ports),
  }
}

function appHandlers(ports: HandlerPorts): Handlers<IpcContract>['app'] {
  return {
    start: () => Promise.resolve(ok(startView(ports))),
    openLink: ({ url }) => ports.desktop.openExternal(url),
    setSettings: (change) => {
      const before = ports.preferences.read().settings
      const settings: Settings = {
        theme: change.theme ?? before.theme,
        textSize: change.textSize ?? before.textSize,
      }
      const written = ports.preferences.write({ settings })
      if (!written.ok) return Promise.resolve(written)
      ports.onSettings(settings)
      return Promise.resolve(ok(settings))
    },
  }
}

function startView(ports: HandlerPorts): StartView {
  const { settings, section } = ports.preferences.read()
  const state = ports.workspaces.session?.engine.state() ?? emptyState(ports.clock.now())
  const [first] = ports.registry.shown
  const open = ports.registry.shown.find((entry) => entry.id === section) ?? first
  return {
    workspaces: ports.workspaces.view(),
    settings,
    status: syncStatus(state),
    sections: ports.registry.all.map((entry) =>
      entry.id === open?.id ? sectionSlice(entry, state) : sectionHead(entry, state),
    ),
    open: open?.id ?? '',
    pendingCount: state.outbox.length,
    prefill: ports.workspaces.prefill(),
    version: ports.version,
  }
}

function workspaceHandlers(ports: HandlerPorts): Handlers<IpcContract>['workspace'] {
  const { workspaces, desktop } = ports
  const entered = async (opened: Result<Workspace>): Promise<Result<Workspace>> => {
    if (opened.ok) startReading(ports)
    return opened
  }
  const readEnv = async (path: string) => {
    const text = await desktop.readTextFile(path, envFileMaxBytes)
    const found = text.ok ? parseEnvFile(text.value) : text
    return found.ok ? ok(workspaces.takeFound(found.value)) : found
  }
  return {
    probe: (input) => workspaces.probe(input),
    connect: async ({ connection, sessionOnly }) =>
      entered(await workspaces.connect(connection, sessionOnly ?? false)),
    readEnvFile: async (_input, files) => {
      const [file, ...more] = files
      if (!file || more.length > 0) return err({ kind: 'file', reason: 'several' })
      if ('path' in file) return readEnv(file.path)
      const found = parseEnvFile(new TextDecoder().decode(file.bytes))
      return found.ok ? ok(workspaces.takeFound(found.value)) : found
    },
    chooseEnvFile: async () => {
      const path = await desktop.chooseFile('env')
      return path === undefined ? err({ kind: 'cancelled' }) : readEnv(path)
    },
    openDemo: async () => entered(await workspaces.openDemo()),
    resetDemo: async () => {
      const reset = await workspaces.resetDemo()
      if (reset.ok) startReading(ports)
      return reset
    },
    switchTo: async ({ workspace }) => {
      const switched = await workspaces.switchTo(workspace)
      if (switched.ok) startReading(ports)
      return switched
    },
    unsent: () => Promise.resolve(ok(unsentOf(ports))),
    exportUnsent: () => exportUnsent(ports),
    signOut: async ({ discardUnsent }) => {
      const isRefused = !discardUnsent && unsentOf(ports).length > 0
      if (isRefused) return err({ kind: 'stale' })
      return workspaces.signOut()
    },
    retryKeychain: () => workspaces.retryKeychain(),
    renewToken: ({ token, sessionOnly }) => workspaces.renewToken(token, sessionOnly ?? false),
  }
}

const unsentOf = (ports: HandlerPorts) => {
  const state = ports.workspaces.session?.engine.state()
  return state ? pendingChanges(state, ports.registry) : []
}

/** Every waiting edit with its values, as JSON; no secret is anywhere near. */
async function exportUnsent(ports: HandlerPorts): Promise<Result<{ readonly saved: boolean }>> {
  const session = ports.workspaces.session
  if (!session) return err({ kind: 'not-found' })
  const path = await ports.desktop.chooseSaveAs('unsent-changes.json')
  if (path === undefined) return ok({ saved: false })
  const { outbox, drafts } = session.engine.state()
  const { org, username } = session.workspace
  const changes = outbox.map(({ section, item, op, patch, base, title, editedAt }) => {
    return { section, item, op, title, editedAt, patch, base }
  })
  const content = { org, username, changes, drafts: [...drafts.values()] }
  const written = await ports.desktop.writeTextFile(path, JSON.stringify(content, null, 2))
  return written.ok ? ok({ saved: true }) : written
}

/** Reads everything anew, the section the person looks at first. */
export function startReading(ports: Pick<HandlerPorts, 'registry' | 'workspaces' | 'preferences'>) {
  const { section } = ports.preferences.read()
  const first = ports.registry.shown.find((entry) => entry.id === section)
  void ports.workspaces.session?.refreshAll(first ?? ports.registry.shown[0])
}

function sectionHandlers(ports: HandlerPorts): Handlers<IpcContract>['section'] {
  return {
    view: async ({ section }) =>
      withSection(ports, section, (found, session) =>
        ok(sectionSlice(found, session.engine.state())),
      ),
    page: async (query) =>
      withSection(ports, query.section, (found, session) =>
        ok(pageOf(sectionView(found, session.engine.state()).items, query)),
      ),
    refresh: async ({ section }) =>
      withSection(ports, section, async (found, session) => {
        await session.refresh(found)
        return ok(undefined)
      }),
    edit: async ({ section, item, patch, base }) =>
      withSection(ports, section, (found, session) =>
        apply(
          session,
          updateOf(found, session.engine.state(), { item, patch, base }, moment(ports)),
        ),
      ),
    create: async ({ section, values }) =>
      withSection(ports, section, (found, session) =>
        apply(session, createOf(found, session.engine.state(), values, moment(ports))),
      ),
    remove: async ({ section, item }) =>
      withSection(ports, section, (found, session) =>
        apply(session, deleteOf(found, session.engine.state(), item, moment(ports))),
      ),
    saveDraft: async ({ section, item, values, base }) =>
      withSection(ports, section, async (found, session) => {
        const id = currentId(session.engine.state(), item)
        return session.engine.dispatch(
          Object.keys(values).length === 0
            ? { type: 'draft-dropped', section: found.id, item: id }
            : {
                type: 'draft-saved',
                draft: {
                  section: found.id,
                  item: id,
                  values,
                  ...(base && { base }),
                  savedAt: ports.clock.now(),
                },
              },
        )
      }),
    opened: async ({ section }) =>
      withSection(ports, section, (found, session) => {
        ports.preferences.write({ section: found.id })
        const age =
          ports.clock.now() - (session.engine.state().snapshots.get(found.id)?.readAt ?? 0)
        if (age > staleAfterMs) void session.refresh(found)
        return ok(undefined)
      }),
  }
}

/** A copy older than this is read again when its section is opened. */
const staleAfterMs = 30_000

function pendingHandlers(ports: HandlerPorts): Handlers<IpcContract>['pending'] {
  return {
    list: () => Promise.resolve(ok(unsentOf(ports))),
    retry: async ({ mutation }) =>
      withSession(ports, async ({ engine }) => {
        const retried = await engine.dispatch({
          type: 'retried',
          ...(mutation !== undefined && { id: mutation }),
        })
        engine.wake()
        return retried
      }),
    undo: async ({ mutation }) =>
      withSession(ports, async (session) => {
        const withdrawn = await session.engine.withdraw(mutation)
        void session.sweepSpool()
        return withdrawn
      }),
    resolve: async ({ mutation, choices }) =>
      withSession(ports, ({ engine }) =>
        engine.dispatch({ type: 'resolved', id: mutation, choices, at: ports.clock.now() }),
      ),
  }
}

function resumeHandlers(ports: HandlerPorts): Handlers<IpcContract>['resume'] {
  return {
    upload: async (_input, files) => uploadResume(ports, files),
    choose: async () => {
      const path = await ports.desktop.chooseFile('pdf')
      if (path === undefined) return ok({ chosen: false })
      const uploaded = await uploadResume(ports, [{ path }])
      return uploaded.ok ? ok({ chosen: true }) : uploaded
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
export async function uploadResume(
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

function photoHandlers(ports: HandlerPorts): Handlers<IpcContract>['photo'] {
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
  void session.sweepSpool()
  return applied
}

/** The edit is on the disk when this answers. */
async function apply(session: Session, made: Result<Mutation>): Promise<Result<EditReceipt>> {
  if (!made.ok) return made
  const mutation = made.value
  const stored = await session.engine.dispatch({ type: 'edited', mutation })
  if (!stored.ok) return stored
  return ok({ item: mutation.item, mutation: keptAs(session.engine.state(), mutation) })
}

/** An edit joins an unsent one of the same record; the receipt names the one that stands. */
const keptAs = (state: SyncState, mutation: Mutation): string =>
  state.outbox.find((entry) => entry.id === mutation.id)?.id ??
  state.outbox.find((entry) => entry.item === mutation.item)?.id ??
  mutation.id

const moment = (ports: HandlerPorts): EditMoment => ({
  now: ports.clock.now(),
  unique: ports.ids(),
})

async function withSession<T>(
  ports: HandlerPorts,
  use: (session: Session) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const session = ports.workspaces.session
  return session ? use(session) : err({ kind: 'not-found' })
}

function withSection<T>(
  ports: HandlerPorts,
  id: string,
  use: (section: AnySection, session: Session) => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  const section = ports.registry.find(asSectionId(id))
  if (!section) return Promise.resolve(err({ kind: 'not-found' }))
  return withSession(ports, (session) => use(section, session))
}
