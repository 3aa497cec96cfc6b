import type { AnySection } from '../../shared/domain/sections/section'
import type { JsonObject } from '../../shared/domain/values'
import type { Clock } from '../../shared/sync/ports'
import type { Draft } from '../../shared/sync/state'
import type { ItemView } from '../../shared/sync/view'
import type { ProfileClient } from '../client/client'

/** The record behind a form, as main last told it. Read at each use, so that it stays live. */
export interface FormSource {
  readonly item: ItemView | undefined
  readonly newDraft: Draft | undefined
  readonly facts: JsonObject
}

export interface FormOptions {
  readonly section: AnySection
  readonly client: Pick<ProfileClient, 'section'>
  readonly clock: Clock
  /** Undefined: a record that does not exist yet. */
  readonly id: string | undefined
  readonly source: () => FormSource
  readonly quote: (sentence: string) => string
}

/** `retry`: nothing was changed, and what had been refused is to be tried again. */
export type SaveOutcome = 'saved' | 'unchanged' | 'retry' | 'invalid' | 'failed' | 'busy'
