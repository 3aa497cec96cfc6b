import { writeFileSync } from 'node:fs'
import { inProject } from './lib/paths.mjs'
import { publicKeyOf } from './lib/release-signature.mjs'

// Writes resources/updates.json for a release, from the environment:
//
//   UPDATE_FEED          the address descriptions and packages are at, https
//   UPDATE_PUBLIC_KEY    what `npm run update:keys` printed
//   UPDATE_PUBLISHER     the common name of the Windows certificate; may be absent
//   UPDATE_PRIVATE_KEY   when it is there, the public key has to belong to it
//
// Without feed and key nothing is written, and the packages look for no updates. One of both alone is
// a mistake, and an error.

const { UPDATE_FEED, UPDATE_PUBLIC_KEY, UPDATE_PUBLISHER, UPDATE_PRIVATE_KEY } = process.env

if (Boolean(UPDATE_FEED) !== Boolean(UPDATE_PUBLIC_KEY)) {
  fail('UPDATE_FEED and UPDATE_PUBLIC_KEY go together.')
} else if (!UPDATE_FEED) {
  process.stdout.write('No feed is set: these packages look for no updates.\n')
} else if (new URL(UPDATE_FEED).protocol !== 'https:') {
  fail('UPDATE_FEED has to be an https address.')
} else if (UPDATE_PRIVATE_KEY && publicKeyOf(UPDATE_PRIVATE_KEY) !== UPDATE_PUBLIC_KEY) {
  fail('UPDATE_PUBLIC_KEY does not belong to UPDATE_PRIVATE_KEY.')
} else {
  const content = {
    feed: UPDATE_FEED,
    publicKey: UPDATE_PUBLIC_KEY,
    publisher: UPDATE_PUBLISHER || null,
  }
  writeFileSync(inProject('resources', 'updates.json'), `${JSON.stringify(content)}\n`)
  process.stdout.write(`Updates come from ${UPDATE_FEED}\n`)
}

function fail(why) {
  process.stderr.write(`${why}\n`)
  process.exitCode = 1
}
