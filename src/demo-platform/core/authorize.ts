import { detail, json, type Answer } from '../http/answer'
import type { Service } from '../http/route'
import type { Settings } from '../options'
import type { Identity, PlatformState } from '../store/state'

export type Authorized =
  { readonly ok: true; readonly caller: Identity } | { readonly ok: false; readonly answer: Answer }

const MISSING = 'Authentication credentials were not provided.'

interface Credential {
  readonly scheme: string
  readonly secret: string
}

export interface Gate {
  readonly state: PlatformState
  readonly settings: Settings
}

/** LMS and DM judge the same header independently of each other. */
export function authorize(service: Service, header: string | undefined, gate: Gate): Authorized {
  if (service === 'open') return { ok: true, caller: { username: '', org: '', admin: false } }
  const credential = parseHeader(header)
  return service === 'dm' ? authorizeDm(credential, gate) : authorizeLms(credential, gate)
}

function parseHeader(header: string | undefined): Credential {
  const [scheme = '', secret = '', ...rest] = (header ?? '').split(' ')
  return rest.length === 0 ? { scheme, secret } : { scheme: '', secret: '' }
}

function authorizeDm(credential: Credential, gate: Gate): Authorized {
  const caller = byApiToken(credential, gate.state)
  return caller === undefined ? refuse('Token') : { ok: true, caller }
}

function authorizeLms(credential: Credential, { state, settings }: Gate): Authorized {
  if (settings.lmsAuth === 'api-token') {
    const caller = byApiToken(credential, state)
    // An organisation's secret has no person, and the LMS knows persons only.
    return caller === undefined || caller.username === ''
      ? refuse('JWT realm="api"')
      : { ok: true, caller }
  }
  const scheme = settings.lmsAuth === 'jwt' ? 'JWT' : 'Bearer'
  const owner = state.tokens[0]
  const accepted = credential.scheme === scheme && credential.secret === state.lmsToken
  if (settings.lmsAuth !== 'refused' && accepted && owner !== undefined) {
    return { ok: true, caller: owner }
  }
  if (settings.lmsAuth === 'bearer' && credential.scheme === 'Bearer') return refuseBearer()
  return refuse('JWT realm="api"')
}

function byApiToken({ scheme, secret }: Credential, state: PlatformState): Identity | undefined {
  if (scheme !== 'Api-Token') return undefined
  return state.tokens.find((token) => token.value === secret)
}

function refuse(challenge: string): Authorized {
  const answer = detail(401, MISSING)
  return {
    ok: false,
    answer: { ...answer, headers: { ...answer.headers, 'www-authenticate': challenge } },
  }
}

function refuseBearer(): Authorized {
  const body = {
    error_code: 'token_nonexistent',
    developer_message: 'The provided access token does not match any valid tokens.',
  }
  return { ok: false, answer: json(401, body) }
}
