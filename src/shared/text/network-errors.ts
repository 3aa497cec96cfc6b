import type { AppError, CertificateTrouble, ProxyTrouble } from '../errors'
import { hostOf, say, tail, type ErrorContext, type Sentence } from './sentence'

type Offline = Extract<AppError, { readonly kind: 'offline' }>

/** Why a host could not be reached, or not be believed, and what can be done about it. */
export function offline(error: Offline, context: ErrorContext): Sentence {
  const host = hostOf(error, context)
  switch (error.reason) {
    case 'dns':
      return say(
        `${host} could not be found`,
        context.action === 'connect'
          ? 'Check the platform address and the network.'
          : `There may be no network. ${tail(context)}`,
      )
    case 'refused':
      return say(`${host} refused the connection`, tail(context))
    case 'tls':
      return notTrusted(error, context)
    case 'proxy':
      return error.proxy ? viaProxy(error.proxy, context) : say('The proxy failed', tail(context))
    case 'reset':
      return say(`The connection to ${host} broke off`, tail(context))
    default:
      return say('There is no network', tail(context))
  }
}

/** What the person can do about it; nothing where only time helps. */
export function networkAdvice(
  { certificate, proxy }: Offline,
  context: ErrorContext,
): string | undefined {
  if (certificate) return advice[certificate]('the host', context)
  return proxy && proxyAdvice[proxy.trouble]
}

const nothingSent = 'Nothing was sent to it, and your edits are kept.'

function notTrusted(error: Offline, context: ErrorContext): Sentence {
  const host = hostOf(error, context)
  if (error.certificate === undefined) {
    return say(
      `A secure connection to ${host} could not be made`,
      'It did not offer a secure (TLS) connection. Check the platform address.',
      nothingSent,
    )
  }
  return say(titles[error.certificate](host), advice[error.certificate](host, context), nothingSent)
}

const titles: Readonly<Record<CertificateTrouble, (host: string) => string>> = {
  expired: (host) => `The certificate of ${host} has expired`,
  'not-yet-valid': (host) => `The certificate of ${host} is not valid yet`,
  'wrong-host': (host) => `The certificate shown by ${host} is for another host`,
  'self-signed': (host) => `${host} uses a certificate of its own making`,
  'unknown-issuer': (host) => `The certificate of ${host} is not from an issuer trusted here`,
  revoked: (host) => `The certificate of ${host} was withdrawn`,
}

const advice: Readonly<
  Record<CertificateTrouble, (host: string, context: ErrorContext) => string>
> = {
  expired: (host) => `If the date of this computer is right, whoever runs ${host} has to renew it.`,
  'not-yet-valid': () => 'The clock of this computer may be behind: set it, then try again.',
  'wrong-host': () =>
    'Check the platform address; on a public network a sign-in page may stand between.',
  'self-signed': (host, context) =>
    `If your organization runs ${host} this way, ask for its certificate file and ${chooseIt(context)}.`,
  'unknown-issuer': (_host, context) =>
    `Your organization may inspect its network: ask for its certificate file (PEM) and ${chooseIt(context)}.`,
  revoked: (host) => `Ask whoever runs ${host}.`,
}

const chooseIt = ({ action }: ErrorContext): string =>
  action === 'connect'
    ? 'choose it under Advanced, Trusted certificates'
    : 'choose it in Settings, Trusted certificates'

function viaProxy(
  { name, trouble }: { readonly name: string; readonly trouble: ProxyTrouble },
  context: ErrorContext,
): Sentence {
  return say(proxyTitles[trouble](name), proxyAdvice[trouble], tail(context))
}

const proxyTitles: Readonly<Record<ProxyTrouble, (name: string) => string>> = {
  password: (name) => `The proxy ${name} asks for a password`,
  unsupported: (name) => `The proxy ${name} is of a kind this app cannot use`,
  refused: (name) => `The proxy ${name} gave no connection`,
  unreachable: (name) => `The proxy ${name} cannot be reached`,
}

const proxyAdvice: Readonly<Record<ProxyTrouble, string>> = {
  password: 'This app cannot give one. Ask an administrator of your network for a way without it.',
  unsupported: 'It speaks HTTP and HTTPS proxies. Check the proxy in the settings of this system.',
  refused: 'The proxy may not let this app out, or it cannot reach the platform itself.',
  unreachable: 'Check the proxy in the settings of this system.',
}
