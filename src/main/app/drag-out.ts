import { resume } from '../../shared/domain/sections/resume'
import { isFileValue, type FileValue } from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import type { ResumeFile } from '../../shared/ipc/contract'
import { err, ok } from '../../shared/result'
import { sectionRows } from '../../shared/sync/view'
import type { DragFolder } from './ports'
import type { Session } from './session'

export interface DragOutPorts {
  readonly folder: DragFolder
  readonly session: () => Session | undefined
  /** Makes a plain name of one that came from a server. */
  readonly plainName: (name: string) => string
}

interface Wanted {
  readonly session: Session
  readonly file: FileValue
  /** Tells one version from another, as far as the platform does. */
  readonly identity: string
  /** When the platform told of it; absent where `identity` says it all. */
  readonly readAt?: number | undefined
}

interface Done {
  readonly path: string
  readonly stamp: string
}

interface Copy extends Pick<Wanted, 'identity' | 'readAt'> {
  readonly ending: AbortController
  readonly made: Promise<Result<Done>>
  done?: Done
}

const cancelled: AppError = { kind: 'cancelled' }

/**
 * Copies of the résumé that can be dragged to another app, under its own plain name: a drag needs a
 * file that is there when it begins. One at most for each of the two files, made ahead and once for
 * each version; a version of which the platform tells no fingerprint is fetched again after it was
 * read again.
 */
export class DragOut {
  readonly #ports: DragOutPorts
  readonly #copies = new Map<ResumeFile, Copy>()

  constructor(ports: DragOutPorts) {
    this.#ports = ports
  }

  /**
   * Answers once the copy is there. `not-found`: there is no such file; `cancelled`: it has changed
   * meanwhile; else why it could not be fetched or written. After a failure the next call tries anew.
   */
  async prepare(which: ResumeFile): Promise<Result<void>> {
    const wanted = this.#wanted(which)
    if (!wanted) return err({ kind: 'not-found' })
    const made = await this.#copyOf(which, wanted).made
    return made.ok ? ok(undefined) : made
  }

  /** The path of a copy that is whole and of this version; `undefined` while there is none. */
  async ready(which: ResumeFile): Promise<string | undefined> {
    const copy = this.#copies.get(which)
    if (!copy?.done || copy.identity !== this.#wanted(which)?.identity) return undefined
    const { path, stamp } = copy.done
    // An app that was given the file may have written into it, or taken it away.
    if ((await this.#ports.folder.stampOf(path)) === stamp) return path
    this.#drop(which)
    return undefined
  }

  /** Whether a file that was dropped on the window is one that came from it. */
  isOurs(path: string): boolean {
    return this.#ports.folder.holds(path)
  }

  /** The résumé may have changed: what is no longer it goes, also while it is being fetched. */
  follow(): void {
    for (const [which, { identity }] of [...this.#copies]) {
      if (identity !== this.#wanted(which)?.identity) this.#drop(which)
    }
  }

  /** The workspace is left, or the app ends: nothing stays. */
  forget(): void {
    for (const which of [...this.#copies.keys()]) this.#drop(which)
    this.#ports.folder.empty()
  }

  #copyOf(which: ResumeFile, wanted: Wanted): Copy {
    const known = this.#copies.get(which)
    const isKnown = known?.identity === wanted.identity
    if (known && isKnown && (!known.done || known.readAt === wanted.readAt)) return known
    this.#drop(which)
    const ending = new AbortController()
    const { identity, readAt } = wanted
    const made = this.#make(wanted, ending.signal)
    const copy: Copy = { identity, readAt, ending, made }
    this.#copies.set(which, copy)
    void made.then((answer) => {
      if (answer.ok) copy.done = answer.value
      else if (this.#copies.get(which) === copy) this.#copies.delete(which)
    })
    return copy
  }

  async #make(wanted: Wanted, signal: AbortSignal): Promise<Result<Done>> {
    const { folder, plainName } = this.#ports
    const placed = await folder.place(plainName(wanted.file.name))
    if (!placed.ok) return placed
    const path = placed.value
    const written = signal.aborted ? err(cancelled) : await fetchTo(path, wanted, signal)
    const stamp = written.ok ? await folder.stampOf(path) : undefined
    if (stamp !== undefined && !signal.aborted) return ok({ path, stamp })
    folder.discard(path)
    if (signal.aborted) return err(cancelled)
    return written.ok ? err({ kind: 'storage', reason: 'failed' }) : written
  }

  #drop(which: ResumeFile): void {
    const copy = this.#copies.get(which)
    this.#copies.delete(which)
    copy?.ending.abort()
    if (copy?.done) this.#ports.folder.discard(copy.done.path)
  }

  #wanted(which: ResumeFile): Wanted | undefined {
    const session = this.#ports.session()
    const file = session && resumeFileOf(session, which)
    if (!file) return undefined
    const identity = JSON.stringify([session.workspace.id, file])
    if (file.spoolId !== undefined || file.sha256 !== undefined) return { session, file, identity }
    const readAt = session.engine.state().snapshots.get(resume.id)?.readAt
    return { session, file, identity, readAt }
  }
}

/** What the page shows as the one on its way, or as the platform's. */
export function resumeFileOf(session: Session, which: ResumeFile): FileValue | undefined {
  const [item] = sectionRows(resume, session.engine.state()).slice(0, 1)
  const file = which === 'stored' ? item?.saved['file'] : item?.values['file']
  if (!isFileValue(file)) return undefined
  const isWaiting = file.spoolId !== undefined && item?.marks['file'] !== undefined
  return which === 'stored' || isWaiting ? file : undefined
}

async function fetchTo(
  path: string,
  { session, file }: Wanted,
  signal: AbortSignal,
): Promise<Result<void>> {
  if (file.spoolId !== undefined) return session.files.spool.copyTo(file.spoolId, path)
  const connection = await session.connection()
  if (!connection.ok) return connection
  return connection.value.saveResumeFile(undefined, path, { signal, isPrivate: true })
}
