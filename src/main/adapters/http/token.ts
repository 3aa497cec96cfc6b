import type { AppError, Service } from '../../../shared/errors'

/** Holds a secret and shows it to the one who sends it. */
export interface TokenSource {
  readonly reveal: () => string
}

/** The credential for each service; absent while there is none. */
export interface Credentials {
  readonly lms: () => TokenSource | undefined
  readonly dm: () => TokenSource | undefined
}

/** The header for a service, or why nothing may be sent. */
export function authorization(
  credential: Credentials,
  service: Service,
): { readonly header: string } | { readonly error: AppError } {
  const token = credential[service]()?.reveal()
  if (token === undefined || token === '') return { error: { kind: 'unauthorized', service } }
  // Anything but visible ASCII could end the header early or not be encoded at all.
  if (!/^[\u0021-\u007e]+$/.test(token)) {
    const problem = 'A token has only letters, digits and signs, without spaces or line breaks.'
    return { error: { kind: 'refused-input', field: 'token', problem } }
  }
  return { header: `Api-Token ${token}` }
}

/** What must never stand in a message, whichever service echoes it. */
export function secretsOf(credential: Credentials): readonly string[] {
  const tokens = [credential.lms()?.reveal() ?? '', credential.dm()?.reveal() ?? '']
  return tokens.filter((token) => token !== '')
}
