import type { AnySection } from '../../shared/domain/sections/section'
import type { Values } from '../../shared/domain/values'
import type { Result } from '../../shared/errors'
import type { EditReceipt } from '../../shared/ipc/contract'
import { newItemDraftId } from '../../shared/sync/view'
import { sendable, type ProfileClient } from '../client/client'

export interface WrittenRecord {
  /** Undefined: it does not exist yet. */
  readonly id: string | undefined
  /** The platform's values when the person began to change these fields. */
  readonly baseOf: (keys: readonly string[]) => Values
}

/** A form's way to main: edits, new records and drafts. */
export class FormWriter {
  readonly #client: Pick<ProfileClient, 'section'>
  readonly #section: AnySection

  constructor(client: Pick<ProfileClient, 'section'>, section: AnySection) {
    this.#client = client
    this.#section = section
  }

  save({ id, baseOf }: WrittenRecord, values: Values): Promise<Result<EditReceipt>> {
    const section = this.#section.id
    if (id === undefined) return this.#client.section.create({ section, values: sendable(values) })
    const base = sendable(baseOf(Object.keys(values)))
    return this.#client.section.edit({ section, item: id, patch: sendable(values), base })
  }

  /** `values` empty: the draft is dropped; `isDiscarded`: because the person threw it away. */
  saveDraft(
    { id, baseOf }: WrittenRecord,
    values: Values,
    isDiscarded = false,
  ): Promise<Result<void>> {
    return this.#client.section.saveDraft({
      section: this.#section.id,
      item: id ?? newItemDraftId(this.#section),
      values: sendable(values),
      ...(id !== undefined && { base: sendable(baseOf(Object.keys(values))) }),
      ...(isDiscarded && { isDiscarded }),
    })
  }
}
