import { session } from 'electron'
import { systemClock } from './adapters/clock/system'
import type { MakeAgent } from './adapters/http/exchange'
import { AddedCertificates } from './app/added-certificates'
import type { Desktop, Preferences } from './app/ports'
import type { WakeHint } from './app/wake'

export interface ComposedNetwork {
  readonly certificates: AddedCertificates
  readonly agent: () => Promise<MakeAgent>
  /** After a sleep or with another network the system is asked anew which way leads out. */
  readonly forgetBefore: (wake: (hint: WakeHint) => void) => (hint: WakeHint) => void
}

/**
 * The ways out of this computer. Electron knows the system's proxy settings and is asked with the
 * first connection; everything here is loaded with the client.
 */
export function composeNetwork(ports: {
  readonly preferences: Preferences
  readonly desktop: Desktop
}): ComposedNetwork {
  const certificates = new AddedCertificates({ ...ports, files: { read: readCertificates } })
  let made: ReturnType<typeof makeNetwork> | undefined
  return {
    certificates,
    agent: async () => (await (made ??= makeNetwork(certificates))).agent,
    forgetBefore: (wake) => (hint) => {
      if (hint !== 'returned') void made?.then(({ forget }) => forget())
      wake(hint)
    },
  }
}

async function makeNetwork(certificates: AddedCertificates) {
  const [{ routedAgent }, { createRoutes }, { createTrust }] = await Promise.all([
    import('./adapters/http/routed-agent'),
    import('./adapters/http/routes'),
    import('./adapters/http/trust'),
  ])
  const routes = createRoutes({
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    clock: systemClock,
  })
  const trust = createTrust(() => certificates.all())
  return { agent: routedAgent({ routes, trust }), forget: routes.forget }
}

async function readCertificates(path: string) {
  const { readCertificateFile } = await import('./adapters/certificates/certificate-file')
  return readCertificateFile(path, systemClock)
}
