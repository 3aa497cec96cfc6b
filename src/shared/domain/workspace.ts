import * as v from 'valibot'
import type { AppError, Service } from '../errors'
import type { SectionId, WorkspaceId } from './ids'

export const defaultPlatformAddress = 'https://api.iblai.app'

/** Where the two hosts are. Never ends with a slash. */
export interface Origins {
  readonly lms: string
  readonly dm: string
}

/** One configured connection, without its secret. */
export interface Workspace {
  readonly id: WorkspaceId
  readonly kind: 'account' | 'demo'
  readonly org: string
  readonly username: string
  readonly origins: Origins
  /** The person's name as last read; empty until then. */
  readonly personName: string
}

export type CredentialState = 'stored' | 'session-only' | 'missing' | KeychainDown

/** The keychain could not be asked. The window works on with what is cached. */
export interface KeychainDown {
  readonly unavailable: 'missing' | 'locked' | 'timeout' | 'refused'
}

export const service = v.picklist(['lms', 'dm'] as const satisfies readonly Service[])

/** Hosts with a token of their own, beside the one for both, and where it is kept. */
export type OwnTokens = Readonly<Partial<Record<Service, 'stored' | 'session-only'>>>

export const connectionInput = v.object({
  org: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  username: v.pipe(v.string(), v.trim(), v.maxLength(200)),
  /** Empty: the one found in the environment or the `.env` file, which never reaches the page. */
  token: v.pipe(v.string(), v.maxLength(4_000)),
  address: v.pipe(v.string(), v.trim(), v.maxLength(500)),
  lmsAddress: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500))),
  dmAddress: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(500))),
})
export type ConnectionInput = v.InferOutput<typeof connectionInput>

/** What a token may do with one section, as the platform answered just now. */
export interface SectionAccess {
  readonly section: SectionId
  /** Absent where the host could not be asked: that says nothing about the token. */
  readonly canRead?: boolean
  readonly canWrite?: boolean
  /** How many entries were found; absent when it cannot be said. */
  readonly found?: number
}

export interface ServiceReport {
  readonly service: Service
  readonly host: string
  readonly isAccepted: boolean
  /** Whose account the host says it is. */
  readonly username?: string
  /** It showed the account as others see it, and did not say whose token this is. */
  readonly isUnproven?: true
  readonly error?: AppError
}

export interface ProbeReport {
  readonly services: readonly ServiceReport[]
  readonly sections: readonly SectionAccess[]
  readonly personName?: string
  readonly keychain: CredentialState
}

/** What the environment or a `.env` file fills into the Connect screen. */
export interface Prefill {
  readonly org: string
  readonly username: string
  readonly address: string
  /** Whether a token was found too. Its text stays in main. */
  readonly hasToken: boolean
  readonly source: 'environment' | 'file' | 'none'
}

/**
 * Turns what the person typed as an address into an origin with optional path, without a trailing
 * slash. `http:` only for loopback. Answers a sentence when it cannot be used.
 */
export function parseAddress(
  text: string,
): { readonly origin: string } | { readonly problem: string } {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`
  if (!URL.canParse(withScheme)) return { problem: 'This is not a web address.' }
  const url = new URL(withScheme)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { problem: 'The address has to start with https://.' }
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { problem: 'Without https:// the token could be read on the way. Use https://.' }
  }
  if (url.username !== '' || url.password !== '') {
    return { problem: 'Leave name and password out of the address.' }
  }
  if (url.search !== '' || url.hash !== '') {
    return { problem: 'Leave out everything from ? or # on.' }
  }
  return { origin: url.origin + url.pathname.replace(/\/+$/, '') }
}

/** The two bases for one platform address: `/lms` and `/dm` below it. */
export function originsOf(address: string): Origins {
  const base = address.replace(/\/(lms|dm)$/, '')
  return { lms: `${base}/lms`, dm: `${base}/dm` }
}

/** Host name, IPv6 with or without brackets: this computer, the one place a token may go to without TLS. */
export const isLoopback = (host: string): boolean =>
  ['localhost', '::1', '[::1]'].includes(host) || /^127(\.\d{1,3}){3}$/.test(host)
