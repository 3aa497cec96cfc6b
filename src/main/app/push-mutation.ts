import type { ItemId, MutationId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import { replacesWhole, type AnySection } from '../../shared/domain/sections/section'
import type { Values } from '../../shared/domain/values'
import type { AppError, Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { isSameRecord, isStuck } from '../../shared/sync/chain'
import type { SyncEvent } from '../../shared/sync/events'
import { fieldsNotKept, fieldsToWrite } from '../../shared/sync/kept'
import {
  equalRecord,
  onlyNew,
  planPush,
  wasIgnored,
  type PushPlan,
  type Situation,
} from '../../shared/sync/plan'
import type { Clock, Pulled, Random, SectionApi, WriteContext } from '../../shared/sync/ports'
import { isLocalOnly } from '../../shared/sync/schedule'
import { situationOf } from '../../shared/sync/situation'
import type { Doubt, Mutation, ServerItem, SyncState } from '../../shared/sync/state'
import { recentCopy } from './recent-copy'
import { pulledEvent } from './section-refresh'

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
  await push.run(first)
}

/** Whether what is known of the edit's record is all there is. A new record has none yet. */
const isAmong = ({ items }: Pulled, { op, item, isUncertain }: Mutation): boolean =>
  op === 'create' ? isUncertain !== true : items.some(({ id }) => id === item)

type WritePlan = Extract<PushPlan, { kind: 'create' | 'update' | 'delete' }>

class Push {
  readonly #id: MutationId
  readonly #section: AnySection
  readonly #context: PushContext
  /** From before the read, which may be the last look at one that has landed. */
  readonly #doubts: readonly Doubt[]

  constructor(id: MutationId, section: AnySection, context: PushContext) {
    this.#id = id
    this.#section = section
    this.#context = context
    this.#doubts = context.state().doubts
  }

  async run(first: Mutation): Promise<void> {
    if (isLocalOnly(first)) return this.#tell({ type: 'never-made', id: this.#id, at: this.#now() })
    const api = await this.#context.api()
    if (!api.ok) return this.#fail(api.error)
    const read = await this.#readFor(api.value, first)
    if (!read.ok) return this.#fail(read.error)
    await this.#attempt(api.value, read.value)
  }

  /**
   * What the plan is made from: the one record where the platform shows it at little cost, else the
   * whole section. An attempt without an answer may have left more than that record.
   */
  async #readFor(api: SectionApi, { op, item, isUncertain }: Mutation): Promise<Result<Pulled>> {
    if (isUncertain === true) return this.#read(api)
    if (op === 'create') {
      const copy = recentCopy(this.#section, this.#context.state(), this.#now())
      return copy ? ok(copy) : this.#read(api)
    }
    const found = await this.#find(api, item)
    if (!found.ok) return found
    return found.value ? ok({ items: [found.value], facts: {} }) : this.#read(api)
  }

  async #find(api: SectionApi, item: ItemId): Promise<Result<ServerItem | undefined>> {
    const found = (await api.find?.(this.#section, item, this.#context.signal)) ?? ok(undefined)
    return found.ok ? found : err(asReadError(found.error))
  }

  async #attempt(api: SectionApi, read: Pulled): Promise<void> {
    const mutation = this.#mutation()
    if (!mutation || isStuck(mutation) || mutation.state.kind === 'in-flight') return
    if (read.unread && !isAmong(read, mutation)) return this.#fail(read.unread)
    const situation = this.#situation(mutation, read)
    // A delete has come behind it meanwhile: then only what may have happened is looked for.
    const isToBeFound = mutation.op === 'create' && mutation.isUncertain === true
    if (situation.isDoomed === true && !isToBeFound) return
    const plan = planPush(this.#section, mutation, situation)
    switch (plan.kind) {
      case 'done':
        return this.#acceptFound(mutation, plan.item)
      case 'contested':
        return this.#tell({ type: 'contested', id: this.#id, theirs: plan.theirs, at: this.#now() })
      case 'impossible':
        return this.#fail(plan.error)
      case 'later':
        return this.#tell({ type: 'postponed', id: this.#id, at: this.#now(), until: plan.until })
      case 'never-made':
        return this.#tell({ type: 'never-made', id: this.#id, at: this.#now() })
      case 'create':
      case 'update':
      case 'delete':
        return this.#send(api, { mutation, plan, read })
    }
  }

  async #send(
    api: SectionApi,
    at: { readonly mutation: Mutation; readonly plan: WritePlan; readonly read: Pulled },
  ): Promise<void> {
    const frozen = await this.#freeze(at.mutation, at.plan, at.read)
    if (!frozen.ok) return this.#fail(frozen.error)
    if (!frozen.value) return this.#attempt(api, at.read)
    return this.#write(api, at.mutation, at.plan)
  }

  /** Marks the edit as sent, on disk, before the first byte leaves. False: it has changed since. */
  async #freeze(mutation: Mutation, plan: WritePlan, read: Pulled): Promise<Result<boolean>> {
    const stored = await this.#context.dispatch({
      type: 'sending',
      id: this.#id,
      at: this.#now(),
      editedAt: mutation.editedAt,
      sent: plan.kind === 'update' ? plan.toWrite : mutation.patch,
      knownIds: read.items.map((item) => item.id),
      ...(plan.kind === 'update' && { replaces: replacementOf(this.#section, plan) }),
    })
    if (!stored.ok) return stored
    return ok(this.#mutation()?.state.kind === 'in-flight')
  }

  async #write(api: SectionApi, mutation: Mutation, plan: WritePlan): Promise<void> {
    if (plan.kind === 'create') return this.#create(api, mutation)
    if (plan.kind === 'update') return this.#update(api, plan.current, plan.toWrite)
    const removed = await api.remove(this.#section, plan.current, this.#writeContext())
    return removed.ok ? this.#accept(undefined) : this.#refused(api, removed.error)
  }

  /** What a refusal has taught the adapter about the record shows only in what is read after it. */
  async #refused(api: SectionApi, error: AppError): Promise<void> {
    await this.#fail(error)
    if (error.kind === 'forbidden') await this.#read(api)
  }

  async #create(api: SectionApi, mutation: Mutation): Promise<void> {
    const context = { ...this.#writeContext(), mark: mutation.id }
    const created = await api.create(this.#section, mutation.patch, context)
    if (created.ok && created.value) return this.#acceptMade(mutation, created.value)
    if (!created.ok && created.error.kind !== 'duplicate') return this.#fail(created.error)
    // Created without saying as what, or already there from an attempt whose answer was lost.
    const isUncertain = created.ok
    const twin = await this.#findTwin(api, created.ok)
    if (!twin.ok) return this.#fail(twin.error, isUncertain)
    if (twin.value) return this.#accept(twin.value, this.#found(mutation, twin.value))
    return this.#fail(created.ok ? { kind: 'not-stored' } : created.error)
  }

  /** What the server dropped or changed of a new record is an update of it, never a second create. */
  #acceptMade(mutation: Mutation, item: ServerItem): Promise<void> {
    const notKept = fieldsNotKept(this.#section, mutation.patch, item)
    return this.#accept(item, notKept.length > 0 ? { notKept } : {})
  }

  #found(mutation: Mutation, item: ServerItem) {
    return { isFound: true, notKept: fieldsToWrite(this.#section, mutation.patch, item) }
  }

  async #findTwin(api: SectionApi, isMade: boolean): Promise<Result<ServerItem | undefined>> {
    const read = await this.#read(api)
    if (!read.ok) return read
    const mutation = this.#mutation()
    if (!mutation) return ok(undefined)
    const situation = this.#situation(mutation, read.value)
    const plan = planPush(this.#section, mutation, situation)
    if (plan.kind === 'done' && plan.item) return ok(plan.item)
    if (isMade) return ok(onlyNew(mutation, situation))
    // Deleted meanwhile: another's record must not go with it.
    const { outbox } = this.#context.state()
    const isUnwanted = outbox.some((e) => e.op === 'delete' && isSameRecord(e, mutation))
    return ok(isUnwanted ? undefined : equalRecord(this.#section, mutation, situation))
  }

  async #update(api: SectionApi, current: ServerItem, toWrite: Values): Promise<void> {
    const written = await api.update(this.#section, current, toWrite, this.#writeContext())
    if (!written.ok) return this.#refused(api, written.error)
    const after = written.value ? ok(written.value) : await this.#readBack(api, current)
    if (!after.ok) return this.#fail(after.error, true)
    if (!after.value) return this.#fail({ kind: 'not-found' })
    const seen = { before: current, after: after.value }
    // Of several fields the others may have been kept: Undo has to put them back.
    if (wasIgnored(this.#section, toWrite, seen)) return this.#fail({ kind: 'not-stored' }, true)
    return this.#accept(after.value)
  }

  async #readBack(api: SectionApi, current: ServerItem): Promise<Result<ServerItem | undefined>> {
    const found = await this.#find(api, current.id)
    if (!found.ok || found.value) return found
    const read = await this.#read(api)
    return read.ok ? ok(read.value.items.find((item) => item.id === current.id)) : read
  }

  async #read(api: SectionApi): Promise<Result<Pulled>> {
    const confirmations = this.#context.state().confirmations.get(this.#section.id) ?? 0
    const read = await api.pull(this.#section, this.#context.signal)
    if (!read.ok) return err(asReadError(read.error))
    const at = this.#now()
    const pulled = pulledEvent(this.#section, this.#context.state(), { pulled: read.value, at })
    await this.#tell({ ...pulled, confirmations })
    return read
  }

  #situation(mutation: Mutation, { items }: Pulled): Situation {
    const known = { ...this.#context.state(), doubts: this.#doubts }
    return situationOf(known, mutation, { items, now: this.#now() })
  }

  /** The record is as it is wanted already: by an earlier attempt, or by somebody else. */
  #acceptFound(mutation: Mutation, item: ServerItem | undefined): Promise<void> {
    const isMade = mutation.op === 'create' && item !== undefined
    const found = isMade ? this.#found(mutation, item) : { isFound: mutation.op === 'create' }
    return this.#accept(item, { editedAt: mutation.editedAt, ...found })
  }

  #accept(
    item: ServerItem | undefined,
    more: {
      readonly editedAt?: number
      readonly isFound?: boolean
      readonly notKept?: readonly string[]
    } = {},
  ): Promise<void> {
    return this.#tell({
      type: 'accepted',
      id: this.#id,
      service: this.#section.service,
      at: this.#now(),
      ...(item && { item }),
      ...more,
    })
  }

  #fail(error: AppError, isUncertain = false): Promise<void> {
    return this.#tell({
      type: 'failed',
      id: this.#id,
      service: this.#section.service,
      error,
      at: this.#now(),
      chance: this.#context.random(),
      ...(isUncertain && { isUncertain }),
    })
  }

  /** An answer that cannot be stored is taken all the same: the engine sees to it. */
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

const replacementOf = (
  section: AnySection,
  { current, toWrite }: Extract<PushPlan, { kind: 'update' }>,
) => ({
  body: replacesWhole(section) ? { ...current.values, ...toWrite } : toWrite,
  before: current.values,
})

/** A list that is not there is a closed door; only a record that is not in it is gone. */
const asReadError = (error: AppError): AppError =>
  error.kind === 'not-found' ? { ...error, kind: 'forbidden' } : error
