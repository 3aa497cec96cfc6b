import type { CredentialState, Workspace } from '../../shared/domain/workspace'
import type { AppError, Result } from '../../shared/errors'
import type { Person, WorkspacesView } from '../../shared/ipc/contract'
import type { ProfileClient } from '../client/client'

const nobody: WorkspacesView = { all: [], credential: 'missing' }

/** Every message is a copy, so the note is compared by what it says and about which workspace. */
const isSameNotice = (one: WorkspacesView, other: WorkspacesView): boolean =>
  one.current?.id === other.current?.id &&
  JSON.stringify(one.notice) === JSON.stringify(other.notice)

/** Which workspaces there are, which one is open, and whether its credential can be had. */
export class WorkspacesState {
  readonly #client: ProfileClient
  #view = $state.raw<WorkspacesView>(nobody)
  #isNoticeClosed = $state(false)

  constructor(client: ProfileClient) {
    this.#client = client
  }

  /** `onSwitched` runs when another workspace is open than before. */
  listen(onSwitched: () => void): () => void {
    return this.#client.workspace.changed((view) => {
      const before = this.#view.current?.id
      this.fill(view)
      if (view.current?.id !== before) onSwitched()
    })
  }

  fill(view: WorkspacesView): void {
    if (!isSameNotice(view, this.#view)) this.#isNoticeClosed = false
    this.#view = view
  }

  get all(): readonly Workspace[] {
    return this.#view.all
  }

  get current(): Workspace | undefined {
    return this.#view.current
  }

  get person(): Person | undefined {
    return this.#view.person
  }

  get credential(): CredentialState {
    return this.#view.credential
  }

  /** Damage found while opening, until the person has closed the note. */
  get notice(): AppError | undefined {
    return this.#isNoticeClosed ? undefined : this.#view.notice
  }

  closeNotice(): void {
    this.#isNoticeClosed = true
  }

  /** How the platform side is called in sentences: "northwind answered: …". */
  get org(): string {
    return this.#view.current?.org ?? ''
  }

  /** What stands under the person's name. */
  get placeName(): string {
    return this.#view.current?.kind === 'demo' ? 'Demo' : this.org
  }

  get personName(): string {
    const { person, current } = this.#view
    return person?.name || current?.personName || current?.username || ''
  }

  switchTo(workspace: string): Promise<Result<void>> {
    return this.#client.workspace.switchTo({ workspace })
  }

  retryKeychain(): Promise<Result<CredentialState>> {
    return this.#client.workspace.retryKeychain({})
  }

  renewToken(token: string, sessionOnly: boolean): Promise<Result<void>> {
    return this.#client.workspace.renewToken({ token, sessionOnly })
  }

  resetDemo(): Promise<Result<void>> {
    return this.#client.workspace.resetDemo({})
  }
}
