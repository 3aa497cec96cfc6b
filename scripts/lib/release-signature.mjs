import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'

/**
 * @returns `{ publicKey, privateKey }`: the public one as `resources/updates.json` holds it (the 32
 * bytes in base64), the private one in PEM.
 */
export function makeKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  return { publicKey: bytesOf(publicKey), privateKey: pem.toString() }
}

/** @returns the public key that belongs to a private one, as `updates.json` holds it. */
export const publicKeyOf = (privateKey) => bytesOf(createPublicKey(keyOf(privateKey)))

/**
 * In: the private key in PEM, the name of a description (`latest-linux.yml`) and its bytes. Out: what
 * stands in `<name>.sig`. The app rebuilds what is signed in `adapters/updates/release-signature.ts`.
 */
export function signRelease(privateKey, name, description) {
  const statement = Buffer.concat([Buffer.from(`ibl.ai Profile release\n${name}\n`), description])
  return `${sign(null, statement, keyOf(privateKey)).toString('base64')}\n`
}

function keyOf(privateKey) {
  const key = createPrivateKey(privateKey)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key is not one of Ed25519')
  return key
}

const bytesOf = (publicKey) =>
  publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')
