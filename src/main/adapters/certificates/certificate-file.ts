import { X509Certificate } from 'node:crypto'
import type { AppError, FileTrouble, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Clock } from '../../../shared/sync/ports'
import { readSmallFile } from '../../small-file'

export interface CertificatesInFile {
  /** Each by itself, in PEM. */
  readonly certificates: readonly string[]
  /** Whom they are issued to, as a person reads it. */
  readonly names: readonly string[]
}

const maxBytes = 1024 * 1024

/**
 * Reads certificates to trust from a file of the person's: PEM, also several, or one in DER. Refuses
 * a file without any, with one that cannot be read, with a private key in it, and one all of whose
 * certificates have expired.
 */
export async function readCertificateFile(
  path: string,
  clock: Clock,
): Promise<Result<CertificatesInFile>> {
  const bytes = await readSmallFile(path, { maxBytes, tooLarge: 'no-certificate' })
  return bytes.ok ? certificatesIn(bytes.value, clock.now()) : bytes
}

/** @param now milliseconds since 1970 */
export function certificatesIn(bytes: Uint8Array, now: number): Result<CertificatesInFile> {
  const text = Buffer.from(bytes).toString('latin1')
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return refuse('has-private-key')
  const parts = text.match(pemForm) ?? [bytes]
  const certificates = parts.flatMap((part) => parsed(part) ?? [])
  if (certificates.length < parts.length) return refuse('no-certificate')
  if (certificates.every(({ validTo }) => Date.parse(validTo) < now)) {
    return refuse('expired-certificate')
  }
  return ok({
    certificates: certificates.map((certificate) => certificate.toString()),
    names: certificates.map(nameOf),
  })
}

const pemForm = /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[^-]+-----END [A-Z0-9 ]+-----/g

function parsed(part: string | Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(part)
  } catch {
    return undefined
  }
}

/** Its common name, else its organization, else the number its issuer gave it. */
function nameOf({ subject, serialNumber }: X509Certificate): string {
  const parts = new Map(
    subject.split('\n').map((line) => {
      const at = line.indexOf('=')
      return [line.slice(0, at), line.slice(at + 1)] as const
    }),
  )
  const name = parts.get('CN') ?? parts.get('O') ?? `No. ${serialNumber}`
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200)
}

const refuse = (reason: FileTrouble): { readonly ok: false; readonly error: AppError } =>
  err({ kind: 'file', reason })
