import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Half-written files, files set aside, and copies that nothing refers to. */
const forbidden = [/\.part$/, /\.new$/, /\.tmp/, /\.bad-\d+/, /(^|\/)spool\/[^/]+$/]
/** What Chromium keeps for itself. */
const chromium =
  /^(Cache|Code Cache|GPUCache|DawnGraphiteCache|DawnWebGPUCache|blob_storage|Local Storage|Session Storage|Shared Dictionary|shared_proto_db|IndexedDB|Network|Crashpad|WebStorage|VideoDecodeStats)(\/|$)/

/**
 * Looks through the app's folder once everything is sent and the app has quit.
 * @returns sentences about files that would stay there for ever, and about the token.
 */
export function leftoversIn(userData, { token, output }) {
  const files = readdirSync(userData, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const names = files.map((file) => relative(userData, file)).filter((name) => !chromium.test(name))
  const troubles = names
    .filter((name) => forbidden.some((pattern) => pattern.test(name)))
    .map((name) => `left over: ${name}`)
  const secret = Buffer.from(token)
  for (const file of files)
    if (readFileSync(file).includes(secret)) troubles.push(`token in ${relative(userData, file)}`)
  if (output.includes(token)) troubles.push('token in what the app printed')
  return troubles
}
