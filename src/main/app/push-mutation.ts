import type { MutationId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AnySection } from '../../shared/domain/sections/section'
import type { Values } from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import { ok } from '../../shared/result'
import type { SyncEvent } from '../../shared/sync/events'
import { planPush, wasIgnored, type PushPlan } from '../../shared/sync/plan'
import type { Clock, Pulled, Random, SectionApi, WriteContext } from '../../shared/sync/ports'
import type { Mutation, ServerItem, SyncState } from '../../shared/sync/state'

export interface PushContext {
  readonly registry: SectionRegistry
  readonly state: () => SyncState
  readonly dispatch: (event: SyncEvent) => Promise<Result<void>>
  readonly api: () => Promise<Result<SectionApi>>
  readonly clock: Clock
  readonly random: Random
  readonly signal: AbortSignal
  readonly onProgress: (sentBytes: number, totalBytes: number) => void
}

/**
 * Sends one edit: read, compare with its base, merge, mark as sent, write, read back. Every way out
 * is an event; nothing is thrown away here.
 */
export async function pushMutation(id: MutationId, context: PushContext): Promise<void> {
  const first = context.state().outbox.find((mutation) => mutation.id === id)
  const section = first && context.registry.find(first.section)
  if (!section) return
  const push = new Push(id, section, context)
  await push.run()
}

class Push {
  readonly #id: MutationId
  readonly #section: AnySection
  readonly #context: PushContext

  constructor(id: MutationId, section: AnySection, context: PushContext) {
    this.#id = id
    this.#section = section
    this.#context = context
  }

  async run(): Promise<void> {
    const api = await this.#context.api()
    if (!api.ok) return this.#fail(api.error)
    const read = await this.#read(api.value)
    if (!read.ok) return this.#fail(read.error)
    await this.#attempt(api.value, read.value)
  }

  async #attempt(api: SectionApi, read: Pulled): Promise<void> {
    const mutation = this.#mutation()
    if (!mutation || mutation.state.kind === 'blocked' || mutation.state.kind === 'conflict') return
    const plan = planPush(this.#section, mutation, read.items)
    switch (plan.kind) {
      case 'done':
        return this.#accept(plan.item)
      case 'contested':
        return this.#tell({ type: 'contested', id: this.#id, theirs: plan.theirs, at: this.#now() })
      case 'impossible':
        return this.#fail(plan.error)
      case 'create':
      case 'update':
      case 'delete': {
        const isFrozen = await this.#freeze(mutation, plan, read)
        if (isFrozen === 'edited') return this.#attempt(api, read)
        if (isFrozen === 'not-stored') return
        return this.#write(api, mutation, plan)
      }
    }
  }

  /** Marks the edit as sent, on disk, before the first byte leaves. */
  async #freeze(
    mutation: Mutation,
    plan: PushPlan,
    read: Pulled,
  ): Promise<'frozen' | 'edited' | 'not-stored'> {
    const stored = await this.#context.dispatch({
      type: 'sending',
      id: this.#id,
      at: this.#now(),
      editedAt: mutation.editedAt,
      sent: plan.kind === 'update' ? plan.toWrite : mutation.patch,
      knownIds: read.items.map((item) => item.id),
    })
    if (!stored.ok) return 'not-stored'
    return this.#mutation()?.state.kind === 'in-flight' ? 'frozen' : 'edited'
  }

  async #write(
    api: SectionApi,
    mutation: Mutation,
    plan: Extract<PushPlan, { kind: 'create' | 'update' | 'delete' }>,
  ): Promise<void> {
    if (plan.kind === 'create') return this.#create(api, mutation)
    if (plan.kind === 'update') return this.#update(api, plan.current, plan.toWrite)
    const removed = await api.remove(this.#section, plan.current, this.#writeContext())
    return removed.ok ? this.#accept(undefined) : this.#fail(removed.error)
  }

  async #create(api: SectionApi, mutation: Mutation): Promise<void> {
    const created = await api.create(this.#section, mutation.patch, this.#writeContext())
    if (created.ok && created.value) return this.#accept(created.value)
    if (!created.ok && created.error.kind !== 'duplicate') return this.#fail(created.error)
    // Created without saying as what, or already there from an attempt whose answer was lost.
    const twin = await this.#findTwin(api)
    if (!twin.ok) return this.#fail(twin.error)
    if (twin.value) return this.#accept(twin.value)
    return this.#fail(created.ok ? { kind: 'not-stored' } : created.error)
  }

  async #findTwin(api: SectionApi): Promise<Result<ServerItem | undefined>> {
    const read = await this.#read(api)
    if (!read.ok) return read
    const mutation = this.#mutation()
    const plan = mutation && planPush(this.#section, mutation, read.value.items)
    return ok(plan?.kind === 'done' ? plan.item : undefined)
  }

  async #update(api: SectionApi, current: ServerItem, toWrite: Values): Promise<void> {
    const written = await api.update(this.#section, current, toWrite, this.#writeContext())
    if (!written.ok) return this.#fail(written.error)
    const after = written.value ? ok(written.value) : await this.#readBack(api, current)
    if (!after.ok) return this.#fail(after.error)
    if (wasIgnored(current, toWrite, after.value)) return this.#fail({ kind: 'not-stored' })
    return this.#accept(after.value)
  }

  async #readBack(api: SectionApi, current: ServerItem): Promise<Result<ServerItem>> {
    const read = await this.#read(api)
    if (!read.ok) return read
    return ok(read.value.items.find((item) => item.id === current.id) ?? current)
  }

  async #read(api: SectionApi): Promise<Result<Pulled>> {
    const read = await api.pull(this.#section, this.#context.signal)
    if (read.ok) {
      const section = this.#section.id
      await this.#tell({ type: 'pulled', section, pulled: read.value, at: this.#now() })
    }
    return read
  }

  #accept(item: ServerItem | undefined): Promise<void> {
    return this.#tell({
      type: 'accepted',
      id: this.#id,
      at: this.#now(),
      ...(item && { item }),
    })
  }

  #fail(error: AppError): Promise<void> {
    return this.#tell({
      type: 'failed',
      id: this.#id,
      service: this.#section.service,
      error,
      at: this.#now(),
      chance: this.#context.random(),
    })
  }

  /** An event that cannot be stored is told to the person by the next edit, which fails visibly. */
  async #tell(event: SyncEvent): Promise<void> {
    await this.#context.dispatch(event)
  }

  #writeContext(): WriteContext {
    return { signal: this.#context.signal, onProgress: this.#context.onProgress }
  }

  #mutation(): Mutation | undefined {
    return this.#context.state().outbox.find((mutation) => mutation.id === this.#id)
  }

  #now(): number {
    return this.#context.clock.now()
  }
}
