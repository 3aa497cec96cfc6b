import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { itemId, sectionId } from '../../../shared/domain/ids'
import { values } from '../../../shared/domain/values'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Snapshot } from '../../../shared/sync/state'
import { storageError } from './storage-error'
import { readWhole, setAside, writeWhole } from './whole-file'

const json = v.record(v.string(), v.any())
const snapshotFile = v.object({
  section: sectionId,
  readAt: v.number(),
  facts: json,
  items: v.array(
    v.object({
      id: itemId,
      values,
      labels: v.optional(v.record(v.string(), v.string())),
      wire: json,
      can: v.optional(
        v.object({ update: v.optional(v.boolean()), delete: v.optional(v.boolean()) }),
      ),
    }),
  ),
})

export interface SnapshotFiles {
  readonly save: (snapshot: Snapshot) => Promise<Result<void>>
}

export interface OpenedSnapshots {
  readonly files: SnapshotFiles
  readonly snapshots: readonly Snapshot[]
  /** Whether a copy could not be read; it has been set aside and will be read from the platform. */
  readonly wasDamaged: boolean
}

/** The cached copies of one workspace: a file per section, written whole. */
export async function openSnapshots(folder: string, now: number): Promise<Result<OpenedSnapshots>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
    const read = await Promise.all(names.map((name) => readSnapshot(join(folder, name), now)))
    const snapshots = read.filter((entry): entry is Snapshot => entry !== undefined)
    return ok({
      files: { save: (snapshot) => saveSnapshot(folder, snapshot) },
      snapshots,
      wasDamaged: snapshots.length < names.length,
    })
  } catch (cause) {
    return err(storageError(cause))
  }
}

async function readSnapshot(path: string, now: number): Promise<Snapshot | undefined> {
  const bytes = await readWhole(path)
  const parsed = v.safeParse(snapshotFile, parseJson(bytes?.toString('utf8') ?? ''))
  if (parsed.success) return parsed.output as Snapshot
  await setAside(path, now)
  return undefined
}

async function saveSnapshot(folder: string, snapshot: Snapshot): Promise<Result<void>> {
  try {
    await writeWhole(join(folder, `${snapshot.section}.json`), JSON.stringify(snapshot))
    return ok(undefined)
  } catch (cause) {
    return err(storageError(cause))
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
