import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls'

/** Certificates the person added to those the app comes with, in PEM; empty when there are none. */
export type AddedCertificates = () => Promise<readonly string[]>

/** Whom to believe that a host is what it says. */
export interface Trust {
  /** Absent: those the app comes with, and nobody else. The same object until it changes. */
  readonly context: () => Promise<SecureContext | undefined>
}

/** Making a context reads some 150 certificates, so one serves until what was added changes. */
export function createTrust(added: AddedCertificates): Trust {
  let last: { readonly key: string; readonly context: SecureContext | undefined } | undefined
  return {
    context: async () => {
      const certificates = await added()
      const key = certificates.join('\n')
      if (last?.key !== key) last = { key, context: contextOf(certificates) }
      return last.context
    },
  }
}

const contextOf = (certificates: readonly string[]): SecureContext | undefined =>
  certificates.length === 0
    ? undefined
    : createSecureContext({ ca: [...rootCertificates, ...certificates] })
