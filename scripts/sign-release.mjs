import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signRelease } from './lib/release-signature.mjs'

// Signs the descriptions of a release: writes `latest….yml.sig` beside each `latest….yml` of a folder.
//
//   UPDATE_PRIVATE_KEY=… node scripts/sign-release.mjs FOLDER
//
// Fails without a key and where there is nothing to sign: a release that nobody could take as an
// update should not look like one.

const [folder] = process.argv.slice(2)
const { UPDATE_PRIVATE_KEY } = process.env
const names = folder ? readdirSync(folder).filter((name) => /^latest.*\.yml$/.test(name)) : []

if (!UPDATE_PRIVATE_KEY || names.length === 0) {
  process.stderr.write(
    UPDATE_PRIVATE_KEY ? 'There is no latest….yml to sign.\n' : 'UPDATE_PRIVATE_KEY is not set.\n',
  )
  process.exitCode = 1
} else {
  for (const name of names) {
    const description = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.sig`), signRelease(UPDATE_PRIVATE_KEY, name, description))
    process.stdout.write(`${name}.sig\n`)
  }
}
