import { readFileSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { workspaceId, type WorkspaceId } from '../../../shared/domain/ids'
import type { Workspace } from '../../../shared/domain/workspace'
import type { Result } from '../../../shared/errors'
import { closings, themes, type Settings } from '../../../shared/ipc/contract'
import { err, ok } from '../../../shared/result'
import { errorCode, storageError } from '../../../shared/storage-error'

interface Stored {
  readonly settings: Settings
  readonly workspaces: readonly Workspace[]
  readonly current?: WorkspaceId
  readonly section?: string
  readonly certificateFile?: string
}

export interface ElectronStorePreferences {
  readonly wasDamaged: boolean
  readonly read: () => Stored
  readonly write: (change: Partial<Stored>) => Promise<Result<void>>
}

/** How a file that cannot be understood is kept: moved away, or copied where most of it is good. */
export interface DamageKeeper {
  readonly move: (path: string) => void
  readonly copy: (path: string) => void
}

/**
 * Preferences in electron-store, which holds nothing that is typed. Its file is read here, once: the
 * package with its validator would take a tenth of the way to the window, so it is loaded with the
 * first change. A change counts at once, and is taken back when it cannot be written. What cannot be
 * read is set aside before anything is written.
 */
export function openPreferences(folder: string, keep: DamageKeeper): ElectronStorePreferences {
  const path = join(folder, `${name}.json`)
  const content = readContent(path)
  const parsed = parseStored(content ?? {})
  if (content === undefined) attempt(() => keep.move(path))
  else if (parsed.isIncomplete) attempt(() => keep.copy(path))
  let current = parsed.stored
  const write = inOrder(removeUnfinished(folder), () => save(folder, current))
  return {
    wasDamaged: content === undefined || parsed.isIncomplete,
    read: () => current,
    write: async (change) => {
      const before = current
      current = { ...current, ...change }
      const written = await write()
      if (!written.ok) current = takenBack(current, change, before)
      return written
    },
  }
}

const name = 'preferences'

/** What the file holds, nothing when there is none, `undefined` when it cannot be understood. */
function readContent(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (cause) {
    return errorCode(cause) === 'ENOENT' ? {} : undefined
  }
}

async function save(folder: string, stored: Stored): Promise<Result<void>> {
  try {
    const { default: Store } = await import('electron-store')
    new Store({ name, cwd: folder, configFileMode: 0o600 }).store = { ...stored }
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}

/** What electron-store was writing when the app was killed: nothing else takes it away. */
async function removeUnfinished(folder: string): Promise<void> {
  try {
    const names = await readdir(folder)
    const unfinished = names.filter((entry) => entry.startsWith(`${name}.json.tmp-`))
    await Promise.all(unfinished.map((entry) => rm(join(folder, entry), { force: true })))
  } catch {
    // Only costs room; tried again at the next start.
  }
}

function inOrder<T>(first: Promise<unknown>, work: () => Promise<T>): () => Promise<T> {
  let turn = first
  return () => {
    const done = turn.then(work)
    turn = done
    return done
  }
}

/** Of the keys of the change what they were before, also nothing; later changes of others stay. */
function takenBack(now: Stored, change: Partial<Stored>, before: Stored): Stored {
  const isChanged = ([key]: readonly [string, unknown]) => key in change
  const others = Object.entries(now).filter((entry) => !isChanged(entry))
  return parseStored(Object.fromEntries([...others, ...Object.entries(before).filter(isChanged)]))
    .stored
}

function attempt(work: () => void): void {
  try {
    work()
  } catch {
    // What is there stays; every later write says that it cannot be written.
  }
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
  onClose: v.optional(v.picklist(closings), 'tray'),
  looksForUpdates: v.optional(v.boolean(), true),
})

const defaults: Settings = {
  theme: 'system',
  textSize: 100,
  onClose: 'tray',
  looksForUpdates: true,
}

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
  const certificates = v.safeParse(v.optional(v.string()), parts['certificateFile'])
  const isListDamaged = known.length < given.length || !isListOrAbsent(parts['workspaces'])
  return {
    stored: {
      settings: foundSettings.success ? foundSettings.output : defaults,
      workspaces: known,
      ...(current.success && current.output !== undefined && { current: current.output }),
      ...(section.success && section.output !== undefined && { section: section.output }),
      ...(certificates.success &&
        certificates.output !== undefined && { certificateFile: certificates.output }),
    },
    isIncomplete: !whole.success || isListDamaged || !foundSettings.success || !current.success,
  }
}

const isListOrAbsent = (value: unknown): boolean => value === undefined || Array.isArray(value)
