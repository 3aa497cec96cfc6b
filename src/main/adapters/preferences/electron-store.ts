import Store from 'electron-store'
import * as v from 'valibot'
import { workspaceId, type WorkspaceId } from '../../../shared/domain/ids'
import type { Workspace } from '../../../shared/domain/workspace'
import type { Result } from '../../../shared/errors'
import { themes, type Settings } from '../../../shared/ipc/contract'
import { err, ok } from '../../../shared/result'

interface Stored {
  readonly settings: Settings
  readonly workspaces: readonly Workspace[]
  readonly current?: WorkspaceId
  readonly section?: string
}

export interface ElectronStorePreferences {
  readonly wasDamaged: boolean
  readonly read: () => Stored
  readonly write: (change: Partial<Stored>) => Result<void>
}

/** How a file that cannot be understood is kept: moved away, or copied where most of it is good. */
export interface DamageKeeper {
  readonly move: (path: string) => void
  readonly copy: (path: string) => void
}

/**
 * Preferences in electron-store. It parses and rewrites its whole file on each call, so it is read
 * once and holds nothing that is typed. What cannot be read is set aside before anything is written;
 * a folder that cannot be used at all leaves the defaults for this run.
 */
export function openPreferences(folder: string, keep: DamageKeeper): ElectronStorePreferences {
  const { store, content, wasMoved } = openStore(folder, keep)
  const parsed = parseStored(content)
  if (store && parsed.isIncomplete) attempt(() => keep.copy(store.path))
  let current = parsed.stored
  return {
    wasDamaged: wasMoved || parsed.isIncomplete,
    read: () => current,
    write: (change) => {
      const next = { ...current, ...change }
      try {
        if (!store) return err({ kind: 'storage', reason: 'denied' })
        store.store = next
        current = next
        return ok(undefined)
      } catch (cause) {
        return err({ kind: 'storage', reason: reasonOf(cause) })
      }
    },
  }
}

interface OpenedStore {
  readonly store: Store | undefined
  readonly content: unknown
  readonly wasMoved: boolean
}

function openStore(folder: string, keep: DamageKeeper): OpenedStore {
  const options = { name: 'preferences', cwd: folder, configFileMode: 0o600 }
  const open = () => {
    const store = new Store(options)
    return { store, content: store.store }
  }
  const first = attempt(open)
  if (first) return { ...first, wasMoved: false }
  const second = attempt(() => {
    keep.move(`${folder}/preferences.json`)
    return open()
  })
  return second ? { ...second, wasMoved: true } : nothingOpened
}

const nothingOpened: OpenedStore = { store: undefined, content: {}, wasMoved: true }

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}

const reasons = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
} as const

function reasonOf(cause: unknown) {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const known = Object.entries(reasons).find(([name]) => name === code)
  return known?.[1] ?? 'failed'
}

const workspace = v.object({
  id: workspaceId,
  kind: v.picklist(['account', 'demo']),
  org: v.string(),
  username: v.string(),
  origins: v.object({ lms: v.string(), dm: v.string() }),
  personName: v.string(),
})

const settings = v.object({
  theme: v.picklist(themes),
  textSize: v.pipe(v.number(), v.minValue(90), v.maxValue(150)),
})

const defaults: Settings = { theme: 'system', textSize: 100 }

/** Each part by itself, so that one bad entry costs no other. */
function parseStored(content: unknown): {
  readonly stored: Stored
  readonly isIncomplete: boolean
} {
  const whole = v.safeParse(v.record(v.string(), v.unknown()), content)
  const parts = whole.success ? whole.output : {}
  const given = Array.isArray(parts['workspaces']) ? parts['workspaces'] : []
  const known = given.flatMap((entry) => {
    const parsed = v.safeParse(workspace, entry)
    return parsed.success ? [parsed.output] : []
  })
  const foundSettings = v.safeParse(v.optional(settings, defaults), parts['settings'])
  const current = v.safeParse(v.optional(workspaceId), parts['current'])
  const section = v.safeParse(v.optional(v.string()), parts['section'])
  const isListDamaged = known.length < given.length || !isListOrAbsent(parts['workspaces'])
  return {
    stored: {
      settings: foundSettings.success ? foundSettings.output : defaults,
      workspaces: known,
      ...(current.success && current.output !== undefined && { current: current.output }),
      ...(section.success && section.output !== undefined && { section: section.output }),
    },
    isIncomplete: !whole.success || isListDamaged || !foundSettings.success || !current.success,
  }
}

const isListOrAbsent = (value: unknown): boolean => value === undefined || Array.isArray(value)
