import { createPublicKey, verify, type KeyObject } from 'node:crypto'

/**
 * What is signed: the description’s bytes, and its name. Without the name the description for one
 * system would be a good one for every other.
 */
export const releaseStatement = (name: string, description: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(`ibl.ai Profile release\n${name}\n`), description])

/**
 * In: PEM, or in base64 the 32 bytes of the key or its SPKI form. Out: the key, or `undefined` for
 * what is no public key of Ed25519.
 */
export function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = text.includes('-----BEGIN') ? createPublicKey(text) : keyOfBytes(text)
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

function keyOfBytes(base64: string): KeyObject {
  const bytes = Buffer.from(base64, 'base64')
  const der = bytes.length === 32 ? Buffer.concat([spkiHead, bytes]) : bytes
  return createPublicKey({ key: der, format: 'der', type: 'spki' })
}

/** What stands before the 32 bytes in the SPKI form (RFC 8410). */
const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')

/** @param signature 64 bytes in base64, space around them allowed. */
export function isSignedBy(key: KeyObject, statement: Uint8Array, signature: string): boolean {
  const text = signature.trim()
  if (!/^[A-Za-z0-9+/]{86}==$/.test(text)) return false
  return verify(null, statement, key, Buffer.from(text, 'base64'))
}
