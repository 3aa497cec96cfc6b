import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIP } from 'node:net'

/** A certificate and its key, both in PEM. Made for a test; guards nothing. */
export interface MadeCertificate {
  readonly certificate: string
  readonly key: string
  readonly name: string
  readonly keyObject: KeyObject
}

export interface CertificateWish {
  readonly name: string
  /** Host names and addresses it is for. */
  readonly hosts?: readonly string[]
  /** Who signs it. Default: itself. */
  readonly issuer?: MadeCertificate
  readonly isAuthority?: boolean
  /** Default: yesterday until tomorrow. */
  readonly from?: Date
  readonly until?: Date
}

const dayMs = 86_400_000

/** An X.509 certificate (RFC 5280) over a fresh key, signed with ECDSA. */
export function makeCertificate(wish: CertificateWish): MadeCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { name, hosts = [], issuer, isAuthority = false } = wish
  const content = sequence(
    tagged(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(1), randomBytes(8)])),
    algorithm,
    nameOf(issuer?.name ?? name),
    sequence(
      time(wish.from ?? new Date(Date.now() - dayMs)),
      time(wish.until ?? new Date(Date.now() + dayMs)),
    ),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(
      0xa3,
      sequence(
        extension('551d13', sequence(...(isAuthority ? [der(0x01, Buffer.of(0xff))] : []))),
        ...(hosts.length > 0 ? [extension('551d11', sequence(...hosts.map(host)))] : []),
      ),
    ),
  )
  const signature = sign('sha256', content, issuer?.keyObject ?? privateKey)
  const whole = sequence(content, algorithm, bits(signature))
  return {
    name,
    certificate: pem(whole),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keyObject: privateKey,
  }
}

export const derOf = ({ certificate }: MadeCertificate): Buffer =>
  Buffer.from(certificate.replace(/-----[^-]+-----/g, ''), 'base64')

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const size = content.length
  const head =
    size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, Math.floor(size / 256), size % 256]
  return Buffer.concat([Buffer.of(tag, ...head), content])
}

const sequence = (...parts: readonly Buffer[]): Buffer => der(0x30, ...parts)
const tagged = (tag: number, part: Buffer): Buffer => der(tag, part)
const integer = (bytes: Buffer): Buffer => der(0x02, bytes)
const bits = (bytes: Buffer): Buffer => der(0x03, Buffer.of(0), bytes)
const identifier = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
/** ecdsa-with-SHA256 */
const algorithm = sequence(identifier('2a8648ce3d040302'))

/** One common name. */
const nameOf = (name: string): Buffer =>
  sequence(der(0x31, sequence(identifier('550403'), der(0x0c, Buffer.from(name)))))

const extension = (id: string, content: Buffer): Buffer =>
  sequence(identifier(id), der(0x04, content))

const time = (date: Date): Buffer => {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, '')
  return der(0x17, Buffer.from(digits.slice(2)))
}

const host = (text: string): Buffer =>
  isIP(text) === 4
    ? der(0x87, Buffer.from(text.split('.').map(Number)))
    : der(0x82, Buffer.from(text))

const pem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`
