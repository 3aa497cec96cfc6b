import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** @returns whether the module of this URL is the script Node was started with. */
export function isMain(moduleUrl) {
  const script = process.argv[1]
  return script !== undefined && realpathSync(script) === fileURLToPath(moduleUrl)
}
