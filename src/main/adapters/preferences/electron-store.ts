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

const workspace = v.object({
  id: workspaceId,
  kind: v.picklist(['account', 'demo']),
  org: v.string(),
  username: v.string(),
  origins: v.object({ lms: v.string(), dm: v.string() }),
  personName: v.string(),
})

const stored = v.object({
  settings: v.fallback(v.object({ theme: v.picklist(themes), textSize: v.number() }), {
    theme: 'system',
    textSize: 100,
  }),
  workspaces: v.fallback(v.array(workspace), []),
  current: v.fallback(v.optional(workspaceId), undefined),
  section: v.fallback(v.optional(v.string()), undefined),
})

export interface ElectronStorePreferences {
  readonly read: () => Stored
  readonly write: (change: Partial<Stored>) => Result<void>
}

/**
 * Preferences in electron-store. It parses and rewrites its whole file on each call, so it is read
 * once and holds nothing that is typed. A file that is not JSON is set aside by `keepDamaged`, and
 * the defaults apply.
 */
export function openPreferences(
  folder: string,
  keepDamaged: (path: string) => void,
): ElectronStorePreferences {
  const store = openStore(folder, keepDamaged)
  let current = parseStored(store.store)
  return {
    read: () => current,
    write: (change) => {
      const next = { ...current, ...change }
      try {
        store.store = next
        current = next
        return ok(undefined)
      } catch {
        return err({ kind: 'storage', reason: 'failed' })
      }
    },
  }
}

function openStore(folder: string, keepDamaged: (path: string) => void) {
  const options = { name: 'preferences', cwd: folder }
  try {
    return new Store<Record<string, unknown>>(options)
  } catch {
    keepDamaged(`${folder}/preferences.json`)
    return new Store<Record<string, unknown>>(options)
  }
}

function parseStored(content: unknown): Stored {
  const { current, section, ...rest } = v.parse(stored, content)
  return {
    ...rest,
    ...(current !== undefined && { current }),
    ...(section !== undefined && { section }),
  }
}
