import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkspaceId } from '../../../shared/domain/ids'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { confirmedIn, restoredCopies } from '../../../shared/sync/confirmed'
import type { Clock, Ids, OutboxStore } from '../../../shared/sync/ports'
import { replay } from '../../../shared/sync/replay'
import { openJournal } from './journal'
import { openPhoto, type PhotoFile } from './photo'
import { openSnapshots } from './snapshots'
import { createSpool, type SpoolFolder } from './spool'
import { storageError } from '../../../shared/storage-error'
import { makeFolder } from './whole-file'

const busy: AppError = { kind: 'storage', reason: 'failed' }
const closed: AppError = { kind: 'cancelled' }

/** Everything kept on disk for workspaces: one folder each, mode 0700, under `root`. */
export function createWorkspaceFolders(root: string, { clock, ids }: { clock: Clock; ids: Ids }) {
  const folderOf = (id: WorkspaceId) => join(root, id)
  // Two writers of one journal would cut off each other's records.
  const open = new Set<WorkspaceId>()
  return {
    open: async (id: WorkspaceId) => {
      if (open.has(id)) return err(busy)
      open.add(id)
      const folder = { path: folderOf(id), onClosed: () => open.delete(id) }
      const opened = await openFolder(folder, { now: clock.now(), ids })
      if (!opened.ok) open.delete(id)
      return opened
    },
    erase: async (id: WorkspaceId): Promise<Result<void>> => {
      try {
        await rm(folderOf(id), { recursive: true, force: true, maxRetries: 3 })
        return ok(undefined)
      } catch (cause) {
        return err(storageError(cause))
      }
    },
  }
}

interface Folder {
  readonly path: string
  readonly onClosed: () => void
}

async function openFolder({ path, onClosed }: Folder, { now, ids }: { now: number; ids: Ids }) {
  // What is there can be shown even where nothing can be written; each write says so by itself.
  await makeFolder(path).catch(() => undefined)
  const [journal, snapshots, photo] = await Promise.all([
    openJournal(join(path, 'journal'), now),
    openSnapshots(join(path, 'snapshots'), now),
    openPhoto(join(path, 'photo')),
  ])
  if (!journal.ok) return journal
  if (!snapshots.ok) return snapshots
  const writer = journal.value.journal
  const { files } = snapshots.value
  const gate = createGate()
  return ok({
    store: {
      append: (records) => gate.pass(() => writer.append(records)),
      saveSnapshot: (snapshot) => gate.pass(() => files.save(snapshot)),
    } satisfies OutboxStore,
    spool: gatedSpool(createSpool(join(path, 'spool'), ids), gate),
    saved: {
      ...replay(journal.value.records),
      ...restoredCopies(snapshots.value.snapshots, confirmedIn(journal.value.records)),
    },
    wasDamaged: journal.value.wasDamaged || snapshots.value.wasDamaged,
    photo: {
      ...photo,
      save: (picture) => gate.pass(() => photo.save(picture)),
    } satisfies PhotoFile,
    close: async () => {
      await gate.shut()
      await writer.close()
      onClosed()
    },
  })
}

/**
 * Answers to requests may come after a workspace was closed, and its folder may be erased or opened
 * anew by then. Shut, nothing passes any more; shutting waits for the writing that is under way.
 */
function createGate() {
  const passing = new Set<Promise<unknown>>()
  let isShut = false
  return {
    isShut: () => isShut,
    pass: async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
      if (isShut) return err(closed)
      const running = work()
      passing.add(running)
      try {
        return await running
      } finally {
        passing.delete(running)
      }
    },
    shut: async () => {
      isShut = true
      await Promise.allSettled(passing)
    },
  }
}

type Gate = ReturnType<typeof createGate>

/** Nobody waits for a copy being made: its source may be a network share that has stalled. */
const gatedSpool = (spool: SpoolFolder, gate: Gate): SpoolFolder => ({
  ...spool,
  addFile: async (path, limits) =>
    gate.isShut() ? err(closed) : await spool.addFile(path, limits),
  addBytes: async (name, bytes, limits) =>
    gate.isShut() ? err(closed) : await spool.addBytes(name, bytes, limits),
  sweep: async (wanted) => {
    if (!gate.isShut()) await spool.sweep(wanted)
  },
  copyTo: async (spoolId, path) =>
    gate.isShut() ? err(closed) : await spool.copyTo(spoolId, path),
})
