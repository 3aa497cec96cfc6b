import type { AnySection } from '../../../shared/domain/sections/section'
import type { SectionAccess, ServiceReport } from '../../../shared/domain/workspace'
import { isTemporary, type AppError, type Result, type Service } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { readAccount } from './account-documents'
import { isObject, textIn } from './json-read'
import { isPathPart, path } from './path'
import type { ProfileScope, ResourceApi } from './resource-api'

export interface ProbeFindings {
  readonly services: readonly ServiceReport[]
  readonly sections: readonly SectionAccess[]
  readonly personName?: string
}

export interface ProbeTarget {
  readonly scope: ProfileScope
  readonly api: ResourceApi
  readonly sections: readonly AnySection[]
  /** The hosts to ask. Default: both. */
  readonly services?: readonly Service[]
}

/**
 * Asks both hosts what the credential may do, and changes nothing. Each host decides for itself, so
 * a refusal of one leaves the other's sections in use.
 */
export async function probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeFindings> {
  const { scope } = target
  const unusable = unusableName(scope)
  if (unusable) return refusedAtBoth(scope, unusable)
  const isMeant = (service: Service) => target.services?.includes(service) ?? true
  const [lms, dm] = await Promise.all([
    isMeant('lms') ? probeLms(scope, signal) : undefined,
    isMeant('dm') ? probeDm(scope, signal) : undefined,
  ])
  const isAsked: Readonly<Record<Service, boolean>> = {
    lms: lms?.report.isAccepted === true,
    dm: dm?.ok === true,
  }
  const counted = await Promise.all(
    target.sections.map(async (section) => ({
      section,
      result: isAsked[section.service] ? await target.api.count(section, signal) : undefined,
    })),
  )
  const dmFindings = dm && judgeDm(dm, counted)
  const accepted: Readonly<Record<Service, boolean>> = {
    lms: isAsked.lms,
    dm: dmFindings?.ok === true,
  }
  const refusalBy: Readonly<Record<Service, Refused | undefined>> = {
    lms: lms?.report.error && err(lms.report.error),
    dm: dmFindings?.ok === false ? dmFindings : undefined,
  }
  return {
    services: [...(lms ? [lms.report] : []), ...(dmFindings ? [dmReport(scope, dmFindings)] : [])],
    sections: counted.map(({ section, result }) =>
      accessOf(section, accepted[section.service] ? result : refusalBy[section.service]),
    ),
    ...(lms?.personName !== undefined && { personName: lms.personName }),
  }
}

function unusableName({ org, username }: ProfileScope): AppError | undefined {
  const field = !isPathPart(org) ? 'org' : !isPathPart(username) ? 'username' : undefined
  return (
    field && { kind: 'refused-input', field, problem: 'This name cannot be part of an address.' }
  )
}

const refusedAtBoth = ({ client }: ProfileScope, error: AppError): ProbeFindings => ({
  services: (['lms', 'dm'] as const).map((service) => ({
    service,
    host: client.hostOf(service),
    isAccepted: false,
    error,
  })),
  sections: [],
})

type Counted = Awaited<ReturnType<ResourceApi['count']>>
type Refused = Extract<Counted, { ok: false }>

function accessOf(section: AnySection, result: Counted | undefined): SectionAccess {
  if (!result || (!result.ok && isTemporary(result.error))) return { section: section.id }
  if (!result.ok) return { section: section.id, canRead: false, canWrite: false }
  const { found, canWrite } = result.value
  return { section: section.id, canRead: true, canWrite, ...(found !== undefined && { found }) }
}

interface LmsFindings {
  readonly report: ServiceReport
  readonly personName?: string
}

/** The account is what is needed; whose it is, only `me` says for certain. */
async function probeLms(scope: ProfileScope, signal: AbortSignal): Promise<LmsFindings> {
  const [me, account] = await Promise.all([readOwnName(scope, signal), readAccount(scope, signal)])
  const report = { service: 'lms' as const, host: scope.client.hostOf('lms') }
  const actual = me.ok ? me.value : undefined
  if (actual !== undefined && actual.toLowerCase() !== scope.username.toLowerCase()) {
    const error: AppError = { kind: 'wrong-user', actual }
    return { report: { ...report, isAccepted: false, username: actual, error } }
  }
  if (!account.ok) return { report: { ...report, isAccepted: false, error: account.error } }
  const username = actual ?? textIn(account.value, 'username')
  const personName = textIn(account.value, 'name')
  // Others see an account without its email.
  const isOwn = actual !== undefined || textIn(account.value, 'email') !== undefined
  return {
    report: {
      ...report,
      isAccepted: true,
      ...(username !== undefined && { username }),
      ...(!isOwn && { isUnproven: true }),
    },
    ...(personName !== undefined && { personName }),
  }
}

async function readOwnName(
  { client }: ProfileScope,
  signal: AbortSignal,
): Promise<Result<string | undefined>> {
  const answer = await client.read({ service: 'lms', path: path`/api/user/v1/me`, signal })
  if (!answer.ok) return answer
  return ok(isObject(answer.value.body) ? textIn(answer.value.body, 'username') : undefined)
}

/** Accepted for the organisation, by itself, or not known yet. */
type TokenFinding = 'org' | 'token' | 'unknown'

/**
 * Only administrators may list users; for anybody else the token itself is asked about. Whether the
 * organisation is the right one then shows in the sections.
 */
async function probeDm(
  { client, org }: ProfileScope,
  signal: AbortSignal,
): Promise<Result<TokenFinding>> {
  const query = { platform_key: org, platform_org: org, page: '1', page_size: '1' }
  const users = await client.read({
    service: 'dm',
    path: path`/api/core/platform/users/`,
    query,
    signal,
  })
  if (users.ok) return ok('org')
  if (!isInconclusive(users.error)) return users
  const verified = await client.read({
    service: 'dm',
    path: path`/api/core/token/verify/`,
    signal,
  })
  if (verified.ok) return ok('token')
  return isInconclusive(verified.error) ? ok('unknown') : verified
}

/** The endpoint is not for this token, or not there: neither says anything about the token. */
const isInconclusive = (error: AppError): boolean =>
  error.kind === 'forbidden' || error.kind === 'not-found' || error.kind === 'invalid'

interface CountedSection {
  readonly section: AnySection
  readonly result: Counted | undefined
}

/**
 * A token that is good by itself may be of another organisation, which only lists tell: a missing
 * résumé and switches kept elsewhere look the same in any organisation.
 */
function judgeDm(
  dm: Result<TokenFinding>,
  counted: readonly CountedSection[],
): Result<TokenFinding> {
  if (!dm.ok || dm.value === 'org') return dm
  const telling = counted.filter(({ section }) =>
    ['career', 'memories'].includes(section.resource.kind),
  )
  const refused = telling.flatMap(({ result }) => (result && !result.ok ? [result] : []))
  const [first] = refused
  return first && refused.length === telling.length ? first : dm
}

function dmReport({ client }: ProfileScope, dm: Result<TokenFinding>): ServiceReport {
  const report = { service: 'dm' as const, host: client.hostOf('dm') }
  return dm.ok ? { ...report, isAccepted: true } : { ...report, isAccepted: false, error: dm.error }
}
