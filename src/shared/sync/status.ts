import type { SectionRegistry } from '../domain/sections/registry'
import { isTemporary, type AppError } from '../errors'
import type { Mutation, SyncState } from './state'

/** The one line that says where the person's edits are. */
export type SyncStatus =
  | { readonly kind: 'needs-you'; readonly count: number; readonly reason: AppError | 'conflict' }
  | { readonly kind: 'offline'; readonly since: number; readonly unsent: number }
  | {
      readonly kind: 'sending'
      readonly unsent: number
      readonly sentBytes?: number
      readonly totalBytes?: number
    }
  | { readonly kind: 'here'; readonly unsent: number }
  | { readonly kind: 'saved'; readonly at?: number }

export interface UploadProgress {
  readonly sentBytes: number
  readonly totalBytes: number
}

/** Of several that hold, the order is: needs you, offline, sending, on this computer, saved. */
export function syncStatus(state: SyncState, upload?: UploadProgress): SyncStatus {
  const stuck = state.outbox.filter(needsPerson)
  const first = stuck[0]
  if (first) return { kind: 'needs-you', count: stuck.length, reason: reasonOf(first) }
  const unsent = state.outbox.length
  if (!state.connectivity.isOnline) {
    return { kind: 'offline', since: state.connectivity.since, unsent }
  }
  if (state.outbox.some((mutation) => mutation.state.kind === 'in-flight')) {
    return { kind: 'sending', unsent, ...upload }
  }
  if (unsent > 0) return { kind: 'here', unsent }
  return { kind: 'saved', ...(state.savedAt !== undefined && { at: state.savedAt }) }
}

const needsPerson = (mutation: Mutation): boolean =>
  mutation.state.kind === 'blocked' || mutation.state.kind === 'conflict'

function reasonOf(mutation: Mutation): AppError | 'conflict' {
  return mutation.state.kind === 'blocked' ? mutation.state.error : 'conflict'
}

/** One waiting edit, in words, for the list of pending changes. */
export interface PendingChange {
  readonly id: string
  readonly section: string
  readonly item: string
  readonly icon: string
  readonly op: Mutation['op']
  readonly title: string
  /** Labels of the changed fields. */
  readonly fields: readonly string[]
  readonly editedAt: number
  readonly group: 'needs-you' | 'sending' | 'here'
  readonly state: Mutation['state']
  readonly waitsForParent: boolean
}

export function pendingChanges(
  state: SyncState,
  registry: SectionRegistry,
): readonly PendingChange[] {
  return state.outbox.map((mutation) => {
    const section = registry.find(mutation.section)
    return {
      id: mutation.id,
      section: mutation.section,
      item: mutation.item,
      icon: section?.icon ?? 'file-text',
      op: mutation.op,
      title: mutation.title,
      fields: Object.keys(mutation.patch).map((key) => section?.fields[key]?.label ?? key),
      editedAt: mutation.editedAt,
      group: groupOf(mutation),
      state: mutation.state,
      waitsForParent: waitsForParent(mutation, state),
    }
  })
}

function groupOf(mutation: Mutation): PendingChange['group'] {
  if (needsPerson(mutation)) return 'needs-you'
  return mutation.state.kind === 'in-flight' ? 'sending' : 'here'
}

/** Whether it refers to a record that the server does not know yet. */
export function waitsForParent(mutation: Mutation, state: SyncState): boolean {
  const values = Object.values(mutation.patch)
  return state.outbox.some(
    (other) => other.op === 'create' && other.id !== mutation.id && values.includes(other.item),
  )
}

export const canPassByItself = isTemporary
