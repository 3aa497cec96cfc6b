import type { AppError, Result } from '../../../shared/errors'
import type { IpcContract } from '../../../shared/ipc/contract'
import type { Handlers } from '../../../shared/ipc/define'
import { err, ok } from '../../../shared/result'
import { pendingChanges } from '../../../shared/sync/status'
import { parseEnvFile } from '../env-file'
import { unsentOf } from './in-session'
import type { HandlerPorts } from './ports'

const envFileMaxBytes = 64 * 1024

export function workspaceHandlers(ports: HandlerPorts): Handlers<IpcContract>['workspace'] {
  const { workspaces, desktop } = ports
  const entered = <T>(opened: Result<T>): Result<T> => {
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
      if (file.bytes.length > envFileMaxBytes) return err({ kind: 'file', reason: 'no-settings' })
      const found = parseEnvFile(new TextDecoder().decode(file.bytes))
      return found.ok ? ok(workspaces.takeFound(found.value)) : found
    },
    chooseEnvFile: async () => {
      const path = await desktop.chooseFile('env')
      return path === undefined ? err({ kind: 'cancelled' }) : readEnv(path)
    },
    openDemo: async () => entered(await workspaces.openDemo()),
    resetDemo: async () => entered(await workspaces.resetDemo()),
    switchTo: async ({ workspace }) => entered(await workspaces.switchTo(workspace)),
    unsent: () => Promise.resolve(ok(unsentOf(ports))),
    exportUnsent: () => exportUnsent(ports),
    signOut: async ({ discard }) => {
      const agreed = new Set<string>(discard)
      const signedOut = await workspaces.signOut(({ engine }) =>
        pendingChanges(engine.state(), ports.registry).every(({ id }) => agreed.has(id))
          ? ok(undefined)
          : err(unsentLeft),
      )
      startReading(ports)
      return signedOut
    },
    retryKeychain: () => workspaces.retryKeychain(),
    renewToken: ({ token, sessionOnly, service }) =>
      workspaces.renewToken({ token, isSessionOnly: sessionOnly ?? false, service }),
    removeToken: ({ service }) => workspaces.removeToken(service),
  }
}

const unsentLeft: AppError = {
  kind: 'refused-input',
  field: 'discard',
  problem: 'Some edits are not sent yet. Send, export or discard them first.',
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
