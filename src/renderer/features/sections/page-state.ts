import type { AnySection } from '../../../shared/domain/sections/section'
import type { AppError } from '../../../shared/errors'
import type { SectionView } from '../../../shared/sync/view'

export interface FailedRead {
  readonly error: AppError
  readonly at: number
}

/** What a section's page shows. A failed read never looks like an empty list. */
export type PageState =
  | { readonly kind: 'loading' }
  /** No copy here, and the platform did not give one. */
  | { readonly kind: 'unread' | 'locked'; readonly failed: FailedRead }
  /** The platform said that there is none. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'shown'; readonly failed?: FailedRead }

export function pageState(section: AnySection, view: SectionView | undefined): PageState {
  if (!view) return { kind: 'loading' }
  const failed =
    view.read.kind === 'failed' ? { error: view.read.error, at: view.read.at } : undefined
  const hasEdits = view.items.length > 0 || view.newDraft !== undefined
  if (view.readAt === undefined && !hasEdits) {
    if (!failed) return { kind: 'loading' }
    return { kind: isRefusal(failed.error) ? 'locked' : 'unread', failed }
  }
  const isEmpty = section.cardinality === 'many' && view.total === 0 && !hasEdits
  if (isEmpty && !failed) return { kind: 'empty' }
  return { kind: 'shown', ...(failed && { failed }) }
}

/** Whether only the head of a section is here: its records are on their way. */
export const isHeadOnly = (view: SectionView | undefined): boolean =>
  view === undefined || (view.items.length === 0 && view.total > 0)

export const isRefusal = (error: AppError): boolean =>
  error.kind === 'unauthorized' || error.kind === 'forbidden'
