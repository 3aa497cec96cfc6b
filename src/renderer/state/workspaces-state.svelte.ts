import type { CredentialState, OwnTokens, Workspace } from '../../shared/domain/workspace'
import type { AppError, Result, Service } from '../../shared/errors'
import type { Person, WorkspacesView } from '../../shared/ipc/contract'
import type { ProfileClient } from '../client/client'

/** Which token the dialog asks for: that of one host, or the one for both. */
export type AskedToken = Service | 'first'

const noTokens: OwnTokens = {}

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
  #askedToken = $state<AskedToken | undefined>()

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
    if (view.current?.id !== this.#view.current?.id) this.#askedToken = undefined
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

  /** Hosts with a token of their own beside the first. */
  get ownTokens(): OwnTokens {
    return this.#view.ownTokens ?? noTokens
  }

  /** What the open token dialog asks for. */
  get askedToken(): AskedToken | undefined {
    return this.#askedToken
  }

  askToken(asked: AskedToken): void {
    this.#askedToken = asked
  }

  closeToken(): void {
    this.#askedToken = undefined
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

  renewToken(token: string, sessionOnly: boolean, service?: Service): Promise<Result<void>> {
    return this.#client.workspace.renewToken({ token, sessionOnly, ...(service && { service }) })
  }

  removeToken(service: Service): Promise<Result<void>> {
    return this.#client.workspace.removeToken({ service })
  }

  resetDemo(): Promise<Result<void>> {
    return this.#client.workspace.resetDemo({})
  }
}
