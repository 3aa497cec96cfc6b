import type { CredentialState, Workspace } from '../../../shared/domain/workspace'
import { sentenceFor } from '../../../shared/text/errors'

export interface Fact {
  readonly name: string
  readonly value: string
  readonly isCode?: boolean
}

/** What the open workspace is connected to, in words. */
export function connectionFacts(
  workspace: Workspace | undefined,
  credential: CredentialState,
): readonly Fact[] {
  if (!workspace) return []
  if (workspace.kind === 'demo') {
    return [
      { name: 'Workspace', value: 'Demo. It runs inside this app, without a network.' },
      { name: 'Username', value: workspace.username },
    ]
  }
  return [
    { name: 'Organization', value: workspace.org },
    { name: 'Username', value: workspace.username },
    { name: 'LMS address', value: workspace.origins.lms, isCode: true },
    { name: 'DM address', value: workspace.origins.dm, isCode: true },
    { name: 'Token', value: credentialText(credential) },
  ]
}

export function credentialText(credential: CredentialState): string {
  switch (credential) {
    case 'stored':
      return 'Kept in your system keychain. Never in a file.'
    case 'session-only':
      return 'Kept for this session only. It is gone when you quit.'
    case 'missing':
      return 'There is none. Edits wait on this computer.'
    default:
      return `${sentenceFor({ kind: 'keychain', reason: credential.unavailable }).title}.`
  }
}
