import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { WorkspaceId } from '../../../shared/domain/ids'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Clock, Ids, OutboxStore } from '../../../shared/sync/ports'
import { replay } from '../../../shared/sync/replay'
import { openJournal } from './journal'
import { openSnapshots } from './snapshots'
import { createSpool } from './spool'
import { storageError } from './storage-error'
import { readWhole, writeWhole } from './whole-file'

/** Everything kept on disk for workspaces: one folder each, mode 0700, under `root`. */
export function createWorkspaceFolders(root: string, { clock, ids }: { clock: Clock; ids: Ids }) {
  const folderOf = (id: WorkspaceId) => join(root, id)
  return {
    open: (id: WorkspaceId) => openFolder(folderOf(id), { now: clock.now(), ids }),
    erase: async (id: WorkspaceId): Promise<Result<void>> => {
      try {
        await rm(folderOf(id), { recursive: true, force: true })
        return ok(undefined)
      } catch (cause) {
        return err(storageError(cause))
      }
    },
  }
}

async function openFolder(folder: string, { now, ids }: { now: number; ids: Ids }) {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    return err(storageError(cause))
  }
  const [journal, snapshots] = await Promise.all([
    openJournal(folder, now),
    openSnapshots(join(folder, 'snapshots'), now),
  ])
  if (!journal.ok) return journal
  if (!snapshots.ok) return snapshots
  const store: OutboxStore = {
    append: journal.value.journal.append,
    saveSnapshot: snapshots.value.files.save,
  }
  const photo = join(folder, 'photo')
  return ok({
    store,
    spool: createSpool(join(folder, 'spool'), ids),
    saved: { ...replay(journal.value.records), snapshots: snapshots.value.snapshots },
    wasDamaged: journal.value.wasDamaged || snapshots.value.wasDamaged,
    savePhoto: (bytes: Uint8Array) => writeWhole(photo, bytes),
    readPhoto: () => readWhole(photo).catch(() => undefined),
    close: () => journal.value.journal.close(),
  })
}
