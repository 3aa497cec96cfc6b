import { createHash } from 'node:crypto'
import { serialize } from 'node:v8'

const fingerprint = (text) => createHash('sha256').update(text).digest('hex').slice(0, 24)

/** The workspace that all figures of the engine use. */
export function workspaceAt({ workspaceIdOf, originsOf }, { origin, org, username }) {
  const where = { org, username, origins: originsOf(origin) }
  return { id: workspaceIdOf(where, fingerprint), kind: 'account', ...where, personName: '' }
}

/**
 * The app's main process without Electron: its use cases over the real disk and the real HTTP client.
 * Preferences and keychain are in memory; what is told to the page is put into the form in which it
 * would be sent, and dropped.
 * In: `parts`, the bundle; `root`, where workspaces are kept; `target`, the platform; `section`, the
 * one that was open last; `onTold` hears each message.
 * Out: `{ workspaces, handlers }`; nothing is open yet.
 */
export function createWorld(parts, { root, target, section = 'memory', onTold }) {
  const { ok, registry } = parts
  const clock = parts.systemClock
  const ids = parts.uniqueIds
  const workspace = workspaceAt(parts, target)
  const preferences = preferencesOf({ workspaces: [workspace], current: workspace.id, section }, ok)
  const workspaces = new parts.Workspaces({
    registry,
    preferences,
    clock,
    ids,
    environment: undefined,
    fingerprint,
    random: parts.systemRandom,
    log: { info: () => undefined, error: (event, cause) => console.error(event, cause) },
    folders: parts.createWorkspaceFolders(root, { clock, ids }),
    credentials: keychainWith(parts, workspace.id, target.token),
    demo: { onEnd: () => undefined },
    connectPlatform: platformWith(parts),
    publish: (group, name, payload) => {
      serialize(payload)
      onTold?.(group, name, payload)
    },
    onShellChange: () => undefined,
    dragOut: { follow: () => undefined, forget: () => undefined },
  })
  const nothing = () => undefined
  const updates = { known: nothing }
  const ports = {
    registry,
    workspaces,
    preferences,
    clock,
    ids,
    updates,
    version: '0',
    wake: nothing,
  }
  return { workspaces, handlers: parts.createHandlers({ ...ports, onSettings: nothing }) }
}

function preferencesOf(start, ok) {
  let stored = {
    settings: { theme: 'system', textSize: 100, onClose: 'tray', looksForUpdates: true },
    ...start,
  }
  return {
    wasDamaged: false,
    read: () => stored,
    write: async (change) => {
      stored = { ...stored, ...change }
      return ok(undefined)
    },
  }
}

function keychainWith({ Credential, ok }, id, token) {
  const credential = new Credential(token)
  return {
    check: async () => ok(undefined),
    get: async (key) => ok(key === id ? credential : undefined),
    set: async () => ok(undefined),
    remove: async () => ok(undefined),
  }
}

export const platformWith =
  (parts) =>
  async (where, { first }, spool) =>
    parts.connectPlatform(
      { ...where, credential: first, spool, sections: parts.registry.shown },
      {
        clock: parts.systemClock,
        random: parts.systemRandom,
        log: { info: () => undefined, error: () => '' },
      },
    )

/** The value of an answer that has to be a good one. */
export function valueOf(answer) {
  if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`)
  return answer.value
}
