import type { CredentialState, OwnTokens, Workspace } from '../../../shared/domain/workspace'
import type { Service } from '../../../shared/errors'
import { sentenceFor } from '../../../shared/text/errors'

export interface Fact {
  readonly name: string
  readonly value: string
}

/** What the open workspace is connected to, in words. */
export function connectionFacts(workspace: Workspace | undefined): readonly Fact[] {
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

/** Which token a host gets, and where that one is kept if it is the host’s own. */
export function hostTokenText(own: OwnTokens[Service], isRefused: boolean): string {
  if (isRefused) return own ? 'Refused its second token.' : 'Refused the token above.'
  switch (own) {
    case 'stored':
      return 'Gets a second token, kept in your system keychain.'
    case 'session-only':
      return 'Gets a second token, kept for this session only.'
    default:
      return 'Gets the token above.'
  }
}
