import { selfItemId, type WorkspaceId } from '../../shared/domain/ids'
import { basic } from '../../shared/domain/sections/basic'
import { isFileValue, textOf } from '../../shared/domain/values'
import type { Result } from '../../shared/errors'
import type { Person } from '../../shared/ipc/contract'
import type { Clock, Log } from '../../shared/sync/ports'
import type { SyncState } from '../../shared/sync/state'
import { sectionView } from '../../shared/sync/view'
import type { PhotoFile, PlatformConnection } from './ports'

/** What is known of a person before their profile was read. */
export interface KnownPerson {
  readonly id: WorkspaceId
  readonly personName: string
  readonly username: string
}

/** The name and the photo as they will be once every edit has arrived. */
export function personOf(
  known: KnownPerson,
  state: SyncState,
  photoVersion: number | undefined,
): Person {
  const item = sectionView(basic, state).items.find((entry) => entry.id === selfItemId)
  const name = textOf(item?.values['name']) || known.personName || known.username
  const photo = item?.values['photo']
  if (!isFileValue(photo)) return { name }
  if (photo.spoolId !== undefined) return { name, photo: `app://bundle/spool/${photo.spoolId}` }
  if (photoVersion === undefined) return { name }
  return { name, photo: `app://bundle/photo/${known.id}?v=${photoVersion}` }
}

/** The name as the platform has it; empty while it was never read. */
export const savedName = (state: SyncState): string =>
  textOf(state.snapshots.get(basic.id)?.items[0]?.values['name'])

export interface PhotoSetup {
  readonly file: PhotoFile
  readonly state: () => SyncState
  readonly connection: () => Promise<Result<PlatformConnection>>
  readonly clock: Clock
  readonly log: Log
  readonly onChange: () => void
}

/** Keeps a copy of the photo under the address that the account names now. */
export class PhotoFollower {
  readonly #setup: PhotoSetup
  #keptUrl: string | undefined
  #version: number
  #tried = ''
  #turn: Promise<void> = Promise.resolve()

  constructor(setup: PhotoSetup) {
    this.#setup = setup
    this.#keptUrl = setup.file.url
    this.#version = setup.clock.now()
  }

  /** Changes with the picture; `undefined` while there is no copy of the one named now. */
  get version(): number | undefined {
    const url = photoUrlIn(this.#setup.state())
    return url !== undefined && url === this.#keptUrl ? this.#version : undefined
  }

  /** Fetches a picture not yet kept; where that fails, again after the next reading. */
  follow(): Promise<void> {
    const state = this.#setup.state()
    const url = photoUrlIn(state)
    const wanted = `${state.snapshots.get(basic.id)?.readAt ?? 0} ${url ?? ''}`
    if (url === undefined || url === this.#keptUrl || wanted === this.#tried) return this.#turn
    this.#tried = wanted
    this.#turn = this.#turn
      .then(() => this.#fetch(url))
      .catch((cause: unknown) => {
        this.#setup.log.error('photo', cause)
      })
    return this.#turn
  }

  async #fetch(url: string): Promise<void> {
    if (!this.#isWanted(url)) return
    const connection = await this.#setup.connection()
    const bytes = connection.ok ? await connection.value.photo(url) : connection
    if (!bytes.ok || !this.#isWanted(url)) return
    const saved = await this.#setup.file.save({ url, bytes: bytes.value })
    if (!saved.ok) return
    this.#keptUrl = url
    this.#version = this.#setup.clock.now()
    this.#setup.onChange()
  }

  #isWanted(url: string): boolean {
    return url === photoUrlIn(this.#setup.state())
  }
}

function photoUrlIn(state: SyncState): string | undefined {
  const named = state.snapshots.get(basic.id)?.facts['photoUrl']
  return typeof named === 'string' ? named : undefined
}
