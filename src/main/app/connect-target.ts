import { asWorkspaceId, type WorkspaceId } from '../../shared/domain/ids'
import {
  defaultPlatformAddress,
  originsOf,
  parseAddress,
  type ConnectionInput,
  type Origins,
} from '../../shared/domain/workspace'
import type { AppError, Result, Service } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Credential } from '../credential'
import type { ConnectionTarget, FoundConnection, ProbeAnswer } from './ports'
import { credentialFrom } from './token-text'

/** Whom and where to ask, and with what. */
export type Target = ConnectionTarget & { readonly credential: Credential }

/** What was typed, checked before anything is sent. */
export function targetOf(
  input: ConnectionInput,
  found: FoundConnection | undefined,
): Result<Target> {
  const { org, username } = input
  if (org === '') return refused('org', 'Enter the organization’s key.')
  if (username === '') return refused('username', 'Enter your username.')
  const origins = originsFrom(input)
  if (!origins.ok) return origins
  const credential =
    input.token.trim() === '' ? foundCredential(found, origins.value) : credentialFrom(input.token)
  if (!credential.ok) return credential
  return ok({ org, username, origins: origins.value, credential: credential.value })
}

/** A token that was found beside an address goes to that address and to no other. */
function foundCredential(found: FoundConnection | undefined, origins: Origins): Result<Credential> {
  if (!found?.credential) return refused('token', 'Paste the API token.')
  const meant = found.hasAddress ? parseAddress(found.address) : undefined
  if (!meant) return ok(found.credential)
  const isMeant = 'origin' in meant && sameOrigins(originsOf(meant.origin), origins)
  return isMeant
    ? ok(found.credential)
    : refused('token', 'The token that was found is for another address. Paste one for this one.')
}

const sameOrigins = (a: Origins, b: Origins): boolean => a.lms === b.lms && a.dm === b.dm

/** Two addresses of their own need no common one; what stands there is not looked at then. */
function originsFrom(input: ConnectionInput): Result<Origins> {
  const { lmsAddress = '', dmAddress = '' } = input
  const isSeparate = lmsAddress !== '' && dmAddress !== ''
  const address = parseAddress(
    isSeparate || input.address === '' ? defaultPlatformAddress : input.address,
  )
  if ('problem' in address) return refused('address', address.problem)
  const both = originsOf(address.origin)
  const lms = parseAddress(lmsAddress || both.lms)
  if ('problem' in lms) return refused('lmsAddress', lms.problem)
  const dm = parseAddress(dmAddress || both.dm)
  if ('problem' in dm) return refused('dmAddress', dm.problem)
  return ok({ lms: lms.origin, dm: dm.origin })
}

const refused = (field: string, problem: string) =>
  err({ kind: 'refused-input', field, problem } as const)

/**
 * Under this name the credential is kept. It names the hosts, so that a list of workspaces that was
 * tampered with cannot send a token elsewhere.
 */
export function workspaceIdOf(
  { org, username, origins }: ConnectionTarget,
  fingerprint: (text: string) => string,
): WorkspaceId {
  return asWorkspaceId(`w-${fingerprint(JSON.stringify([origins.lms, origins.dm, org, username]))}`)
}

/**
 * Why nothing can be opened with this token; `undefined` when at least one of the hosts accepts it,
 * of those that are `needed`.
 */
export function refusalOf(
  { services }: ProbeAnswer,
  username: string,
  needed: readonly Service[] = ['lms', 'dm'],
): AppError | undefined {
  const wrongUser = services.find((service) => service.error?.kind === 'wrong-user')
  if (wrongUser?.error) return wrongUser.error
  const actual = services.find((service) => service.username !== undefined)?.username
  if (actual !== undefined && actual.toLowerCase() !== username.toLowerCase()) {
    return { kind: 'wrong-user', actual }
  }
  const asked = services.filter(({ service }) => needed.includes(service))
  if (asked.some((service) => service.isAccepted)) return undefined
  const errors = asked.flatMap((service) => (service.error ? [service.error] : []))
  return errors.find((error) => error.kind !== 'unauthorized') ?? errors[0] ?? unanswered
}

const unanswered: AppError = { kind: 'unauthorized' }
