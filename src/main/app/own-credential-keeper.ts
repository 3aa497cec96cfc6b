import type { WorkspaceId } from '../../shared/domain/ids'
import type { OwnTokens } from '../../shared/domain/workspace'
import type { Result, Service } from '../../shared/errors'
import { ok } from '../../shared/result'
import type { Credential } from '../credential'
import type { CredentialStore, OwnCredentials } from './ports'

type Own<T> = Readonly<Partial<Record<Service, T>>>

const services: readonly Service[] = ['lms', 'dm']

/** The name in the keychain. The workspace’s id names both hosts, so it is bound to them too. */
const keyOf = (id: WorkspaceId, service: Service): string => `${id}:${service}`

/**
 * What single hosts take instead of a workspace’s first credential. The keychain alone says which
 * there are: a list beside it could differ from it.
 */
export class OwnCredentialKeeper {
  readonly #store: CredentialStore
  readonly #onChange: () => void
  readonly #sessionOnly = new Map<WorkspaceId, OwnCredentials>()
  readonly #known = new Map<WorkspaceId, OwnTokens>()

  constructor(store: CredentialStore, onChange: () => void) {
    this.#store = store
    this.#onChange = onChange
  }

  known(id: WorkspaceId): OwnTokens {
    return this.#known.get(id) ?? {}
  }

  inMemory(id: WorkspaceId): OwnCredentials {
    return this.#sessionOnly.get(id) ?? {}
  }

  async find(id: WorkspaceId): Promise<Result<OwnCredentials>> {
    let found = this.inMemory(id)
    let states: OwnTokens = {}
    for (const service of services) {
      if (found[service]) {
        states = { ...states, [service]: 'session-only' }
        continue
      }
      const stored = await this.#store.get(keyOf(id, service))
      if (!stored.ok) return stored
      if (!stored.value) continue
      found = { ...found, [service]: stored.value }
      states = { ...states, [service]: 'stored' }
    }
    this.#setKnown(id, states)
    return ok(found)
  }

  async keep(
    { id, service }: { readonly id: WorkspaceId; readonly service: Service },
    credential: Credential,
    isSessionOnly: boolean,
  ): Promise<Result<void>> {
    if (isSessionOnly) {
      this.#sessionOnly.set(id, { ...this.inMemory(id), [service]: credential })
      this.#setKnown(id, { ...this.known(id), [service]: 'session-only' })
      return ok(undefined)
    }
    const stored = await this.#store.set(keyOf(id, service), credential)
    if (!stored.ok) return stored
    this.#dropFromMemory(id, service)
    this.#setKnown(id, { ...this.known(id), [service]: 'stored' })
    return stored
  }

  /** One that is kept for the session goes also while the keychain cannot be asked. */
  async remove(id: WorkspaceId, service: Service): Promise<Result<void>> {
    const wasInMemory = this.inMemory(id)[service] !== undefined
    const removed = await this.#store.remove(keyOf(id, service))
    const isMissing =
      !removed.ok && removed.error.kind === 'keychain' && removed.error.reason === 'missing'
    if (!removed.ok && !isMissing && !wasInMemory) return removed
    this.#dropFromMemory(id, service)
    this.#setKnown(id, without(this.known(id), service))
    return ok(undefined)
  }

  forget(id: WorkspaceId): void {
    this.#sessionOnly.delete(id)
    this.#known.delete(id)
  }

  #dropFromMemory(id: WorkspaceId, service: Service): void {
    this.#sessionOnly.set(id, without(this.inMemory(id), service))
  }

  #setKnown(id: WorkspaceId, states: OwnTokens): void {
    const before = this.known(id)
    this.#known.set(id, states)
    if (services.some((service) => before[service] !== states[service])) this.#onChange()
  }
}

function without<T>(own: Own<T>, service: Service): Own<T> {
  const other = service === 'lms' ? 'dm' : 'lms'
  const kept = own[other]
  return kept === undefined ? {} : { [other]: kept }
}
