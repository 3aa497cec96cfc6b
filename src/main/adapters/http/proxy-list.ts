/** One way to a host, as the system's proxy settings list it. */
export type ProxyStep =
  | { readonly kind: 'direct' }
  | { readonly kind: 'http' | 'https'; readonly host: string; readonly port: number }
  /** A kind of proxy that this client does not speak. */
  | { readonly kind: 'unsupported'; readonly name: string }

export type Proxy = Extract<ProxyStep, { readonly host: string }>

export const direct: ProxyStep = { kind: 'direct' }

const maxSteps = 10

/**
 * Reads what the system answers for an address: the form of a PAC file's answers, such as
 * `PROXY a:8080; HTTPS b; DIRECT`. In the order to be tried; what is not understood is left out.
 * Never empty: no answer means no proxy.
 */
export function proxySteps(text: string): readonly ProxyStep[] {
  const steps = text.split(';').flatMap((entry) => stepOf(entry.trim()) ?? [])
  return steps.length > 0 ? steps.slice(0, maxSteps) : [direct]
}

const form = /^([a-z0-9]+)(?:\s+(\S+))?$/i

function stepOf(entry: string): ProxyStep | undefined {
  const [, keyword = '', place] = form.exec(entry) ?? []
  const kind = keyword.toUpperCase()
  if (kind === 'DIRECT' && place === undefined) return direct
  if (place === undefined) return undefined
  if (kind === 'PROXY' || kind === 'HTTP') return proxyAt('http', place)
  if (kind === 'HTTPS') return proxyAt('https', place)
  return { kind: 'unsupported', name: `${kind} ${place.replace(/^.*@/, '')}`.slice(0, 100) }
}

const ports = { http: 80, https: 443 }

/** A name and password in front of the host are no part of the form; such an entry is left out. */
function proxyAt(kind: Proxy['kind'], place: string): Proxy | undefined {
  const [, host, port] = /^(\[[0-9a-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?$/i.exec(place) ?? []
  if (host === undefined) return undefined
  const number = port === undefined ? ports[kind] : Number(port)
  if (number < 1 || number > 65_535) return undefined
  return { kind, host: host.replace(/^\[|\]$/g, ''), port: number }
}

/** As a person reads it. */
export const proxyName = ({ host, port }: Proxy): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
