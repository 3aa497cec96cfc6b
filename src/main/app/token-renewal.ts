import type { OwnTokens, Workspace } from '../../shared/domain/workspace'
import type { AppError, Result, Service } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Credential } from '../credential'
import { refusalOf } from './connect-target'
import type { Connecting } from './connecting'
import type { ProbeAnswer } from './ports'
import { credentialFrom, ownCredentialFrom } from './token-text'

/** A token given for an open workspace: for one host, or for all that have none of their own. */
export interface GivenToken {
  readonly token: string
  readonly isSessionOnly: boolean
  readonly service?: Service | undefined
}

/**
 * The credential in what was given, once the platform has said that it is this person’s and good
 * for what it is meant for. One for a single host is shown to no other.
 */
export async function verifiedCredential(
  connecting: Connecting,
  workspace: Workspace & { readonly own: OwnTokens },
  { token, service }: GivenToken,
): Promise<Result<Credential>> {
  const { username, org, origins, own } = workspace
  const target = { org, username, origins }
  const made = service ? ownCredentialFrom(token) : credentialFrom(token)
  if (!made.ok) return made
  const first = made.value
  if (service) {
    const credentials = { first, own: { [service]: first } }
    const answer = await connecting.askWith(target, credentials, [service])
    const refusal = refusalOf(answer, username, [service]) ?? unprovenIn(answer)
    return refusal ? err(refusal) : made
  }
  const needed = (['lms', 'dm'] as const).filter((host) => own[host] === undefined)
  const answer = await connecting.askWith(target, { first })
  const refusal = refusalOf(answer, username, needed.length > 0 ? needed : undefined)
  return refusal ? err(refusal) : ok(first)
}

const unprovenIn = ({ services }: ProbeAnswer): AppError | undefined =>
  services.some(({ isUnproven }) => isUnproven === true) ? unproven : undefined

const unproven: AppError = {
  kind: 'refused-input',
  field: 'token',
  problem: 'The host takes this token, but does not show your own account to it. Use your own one.',
}
