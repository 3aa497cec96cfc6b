import { registry as builtInRegistry, type SectionRegistry } from '../domain/sections/registry'
import type { AppError, Service } from '../errors'
import type { AnySection } from '../domain/sections/section'
import { textOf } from '../domain/values'
import { createsByItem, isStuck, parentOf, standingEdits } from './chain'
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

/**
 * Of several that hold, the order is: needs you, offline, sending, on this computer, saved. A host
 * that refuses the credential needs the person while edits wait for it, or when no other accepts it;
 * where nothing waits, its sections say so themselves.
 */
export function syncStatus(
  state: SyncState,
  upload?: UploadProgress,
  registry: SectionRegistry = builtInRegistry,
): SyncStatus {
  const standing = standingEdits(state.outbox)
  const stuck = standing.filter(isStuck)
  const refusal = refusalOf(state, standing, registry)
  const reason = refusal ?? (stuck[0] && reasonOf(stuck[0]))
  if (reason !== undefined) {
    return { kind: 'needs-you', count: stuck.length + (refusal ? 1 : 0), reason }
  }
  const unsent = standing.length
  if (!state.connectivity.isOnline) {
    return { kind: 'offline', since: state.connectivity.since, unsent }
  }
  if (standing.some((mutation) => mutation.state.kind === 'in-flight')) {
    return { kind: 'sending', unsent, ...upload }
  }
  if (unsent > 0) return { kind: 'here', unsent }
  return { kind: 'saved', ...(state.savedAt !== undefined && { at: state.savedAt }) }
}

function refusalOf(
  state: SyncState,
  standing: readonly Mutation[],
  registry: SectionRegistry,
): AppError | undefined {
  const isAnyAccepted = Object.values(state.access).includes('accepted')
  const waiting = new Set(standing.map(({ section }) => registry.find(section)?.service))
  const services: readonly Service[] = ['dm', 'lms']
  for (const service of services) {
    const error = state.accessErrors[service]
    const isRefused = state.access[service] === 'refused'
    if (error && isRefused && (waiting.has(service) || !isAnyAccepted)) return error
  }
  return undefined
}

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
  /** What a single changed field becomes; absent where that is no text to read. */
  readonly becomes?: string
  readonly editedAt: number
  readonly group: 'needs-you' | 'sending' | 'here'
  readonly state: Mutation['state']
  /** The new record it refers to, which has to be sent first; `needsYou`: and is stuck itself. */
  readonly waitsFor?: { readonly title: string; readonly needsYou: boolean }
}

export function pendingChanges(
  state: SyncState,
  registry: SectionRegistry,
): readonly PendingChange[] {
  const creates = createsByItem(state.outbox)
  return standingEdits(state.outbox).map((mutation) => {
    const section = registry.find(mutation.section)
    const parent = parentOf(mutation, creates)
    return {
      id: mutation.id,
      section: mutation.section,
      item: mutation.item,
      icon: section?.icon ?? 'file-text',
      op: mutation.op,
      title: mutation.title,
      fields: Object.keys(mutation.patch).map((key) => section?.fields[key]?.label ?? key),
      ...becomes(mutation, section),
      editedAt: mutation.editedAt,
      group: groupOf(mutation),
      state: mutation.state,
      ...(parent && { waitsFor: { title: parent.title, needsYou: isStuck(parent) } }),
    }
  })
}

function becomes(
  { op, patch }: Mutation,
  section: AnySection | undefined,
): Pick<PendingChange, 'becomes'> {
  const [first, ...others] = Object.entries(patch)
  const field = first && section?.fields[first[0]]
  if (op !== 'update' || !field || others.length > 0) return {}
  const [, value] = first
  if (typeof value === 'boolean') return { becomes: value ? 'Turned on' : 'Turned off' }
  if (!readable.has(field.kind)) return {}
  return { becomes: value === null ? 'Emptied' : textOf(value) }
}

/** Stored as it is read; a choice or a reference is stored as a code. */
const readable: ReadonlySet<string> = new Set([
  'text',
  'long-text',
  'email',
  'year',
  'decimal',
  'suggest',
  'social-link',
])

function groupOf(mutation: Mutation): PendingChange['group'] {
  if (isStuck(mutation)) return 'needs-you'
  return mutation.state.kind === 'in-flight' ? 'sending' : 'here'
}
