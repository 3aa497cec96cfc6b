import type { AppError, Service } from '../../../shared/errors'

/** Holds a secret and shows it to the one who sends it. */
export interface TokenSource {
  /** The token, with the scheme before it where one was given: `JWT eyJ…`. */
  readonly reveal: () => string
  /** Given for this host alone: without a scheme, the host decides which one it is. */
  readonly isOwn?: boolean
}

/** The credential for each service; absent while there is none. */
export interface Credentials {
  readonly lms: () => TokenSource | undefined
  readonly dm: () => TokenSource | undefined
}

type Scheme = 'Api-Token' | 'JWT' | 'Bearer'

interface Token {
  readonly scheme: Scheme
  readonly secret: string
}

/** The header for a service, or why nothing may be sent. */
export function authorization(
  credential: Credentials,
  service: Service,
): { readonly header: string } | { readonly error: AppError } {
  const source = credential[service]()
  const token = source && tokenOf(source, service)
  if (!token || token.secret === '') return { error: { kind: 'unauthorized', service } }
  // Anything but visible ASCII could end the header early or not be encoded at all.
  if (!/^[\u0021-\u007e]+$/.test(token.secret)) {
    const problem = 'A token has only letters, digits and signs, without spaces or line breaks.'
    return { error: { kind: 'refused-input', field: 'token', problem } }
  }
  return { header: `${token.scheme} ${token.secret}` }
}

/** What must never stand in a message, whichever service echoes it. */
export function secretsOf(credential: Credentials): readonly string[] {
  const services: readonly Service[] = ['lms', 'dm']
  const secrets = services.flatMap((service) => {
    const source = credential[service]()
    return source ? [tokenOf(source, service).secret] : []
  })
  return secrets.filter((secret) => secret !== '')
}

function tokenOf(source: TokenSource, service: Service): Token {
  const text = source.reveal()
  const [, scheme, secret] = /^(Api-Token|JWT|Bearer) (.*)$/s.exec(text) ?? []
  if (isScheme(scheme) && secret !== undefined) return { scheme, secret }
  const isOfLms = service === 'lms' && source.isOwn === true
  return { scheme: isOfLms ? lmsScheme(text) : 'Api-Token', secret: text }
}

const isScheme = (word: string | undefined): word is Scheme =>
  word === 'Api-Token' || word === 'JWT' || word === 'Bearer'

/** The platform’s own web client tells its LMS tokens apart by length. */
function lmsScheme(secret: string): Scheme {
  if (/^[0-9a-f]{64}$/i.test(secret)) return 'Api-Token'
  return secret.length > 30 ? 'JWT' : 'Bearer'
}
