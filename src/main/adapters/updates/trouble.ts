import type { UpdateTrouble } from '../../../shared/domain/updates'

/** A failure whose kind is known where it happens. */
export class UpdateFailure extends Error {
  readonly trouble: UpdateTrouble

  constructor(trouble: UpdateTrouble) {
    super(trouble)
    this.trouble = trouble
  }
}

/**
 * What an error of Electron’s network, of the updater or of the disk comes down to. Chromium’s
 * errors have their name in the message and nowhere else.
 */
export function troubleOf(cause: unknown): UpdateTrouble {
  if (cause instanceof UpdateFailure) return cause.trouble
  if (!(cause instanceof Error)) return 'failed'
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : ''
  const found = codes.find(([pattern]) => pattern.test(code)) ?? netErrors(cause.message)
  return found?.[1] ?? 'failed'
}

type Known = readonly [RegExp, UpdateTrouble]

const codes: readonly Known[] = [
  [/^ERR_CHECKSUM_MISMATCH$|^ERR_UPDATER_INVALID_SIGNATURE$/, 'file'],
  [/^HTTP_ERROR_4/, 'not-found'],
  [/^HTTP_ERROR_/, 'server'],
  [/^(ENOSPC|EDQUOT)$/, 'disk-full'],
  [/^(EACCES|EPERM|EROFS|ETXTBSY)$/, 'not-writable'],
  [/^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|EPIPE)$/, 'offline'],
  [/^ETIMEDOUT$/, 'timeout'],
]

const chromium: readonly Known[] = [
  [/^(CERT_|SSL_|BAD_SSL_)/, 'certificate'],
  [/^(PROXY_|TUNNEL_|MANDATORY_PROXY_|SOCKS_)/, 'proxy'],
  [/^(TIMED_OUT|CONNECTION_TIMED_OUT)$/, 'timeout'],
  [/^(INTERNET_|NAME_|ADDRESS_|CONNECTION_|NETWORK_|EMPTY_RESPONSE|CONTENT_LENGTH_)/, 'offline'],
  [/^(DISALLOWED_URL_SCHEME|UNSAFE_)/, 'insecure'],
]

function netErrors(message: string): Known | undefined {
  const [, name] = /net::ERR_([A-Z0-9_]+)/.exec(message) ?? []
  if (name !== undefined) return chromium.find(([pattern]) => pattern.test(name))
  // The updater says a refused download in words only.
  const [, status] = /, status (\d)\d\d:/.exec(message) ?? []
  return status === undefined ? undefined : [/./, status === '4' ? 'not-found' : 'server']
}
