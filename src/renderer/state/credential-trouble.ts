import type { AppError } from '../../shared/errors'
import type { AppState } from './app-state.svelte'

export type CredentialTrouble =
  Extract<AppError, { kind: 'keychain' | 'unauthorized' }> | { readonly kind: 'no-token' }

type Parts = Pick<AppState, 'pending' | 'registry' | 'sections' | 'workspaces'>

/** Why edits of the open workspace cannot be sent with the token there is. */
export function credentialTroubleOf(app: Parts): CredentialTrouble | undefined {
  const { credential, current } = app.workspaces
  if (current?.kind !== 'account') return undefined
  if (typeof credential === 'object') return { kind: 'keychain', reason: credential.unavailable }
  if (credential === 'missing') return { kind: 'no-token' }
  return refusalOf(app)
}

function refusalOf({ pending, registry, sections }: Parts): CredentialTrouble | undefined {
  const { status } = pending
  if (status.kind === 'needs-you' && isRefusal(status.reason)) return status.reason
  const views = registry.all.flatMap(({ id }) => sections.view(id) ?? [])
  const refused = views.flatMap(({ read, readAt }) =>
    read.kind === 'failed' && isRefusal(read.error) ? [{ error: read.error, readAt }] : [],
  )
  // A token that was good for some sections only is no trouble; the closed ones say so themselves.
  const wasOpen = refused.find(({ readAt }) => readAt !== undefined)
  const isGoodForOthers = views.some(({ readAt }) => readAt !== undefined)
  return (wasOpen ?? (isGoodForOthers ? undefined : refused[0]))?.error
}

const isRefusal = (
  reason: AppError | 'conflict',
): reason is Extract<AppError, { kind: 'unauthorized' }> =>
  reason !== 'conflict' && reason.kind === 'unauthorized'
