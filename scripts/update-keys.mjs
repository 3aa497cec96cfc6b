import { existsSync, writeFileSync } from 'node:fs'
import { makeKeys } from './lib/release-signature.mjs'

// Makes the pair of keys that releases are signed and checked with.
//
//   node scripts/update-keys.mjs FILE
//
// Writes the private key to FILE, readable by you only, and prints the public one.

const [file] = process.argv.slice(2)
if (file === undefined || existsSync(file)) {
  process.stderr.write(
    file === undefined ? 'Name a file for the private key.\n' : `${file} is there already.\n`,
  )
  process.exit(1)
}
const { publicKey, privateKey } = makeKeys()
writeFileSync(file, privateKey, { mode: 0o600, flag: 'wx' })
process.stdout.write(
  `Public key, for the variable UPDATE_PUBLIC_KEY: ${publicKey}\n` +
    `Private key, for the secret UPDATE_PRIVATE_KEY: the content of ${file}. Keep a copy offline.\n`,
)
