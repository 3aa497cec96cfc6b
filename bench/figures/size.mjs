import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { single } from '../lib/figure.mjs'
import { firstScripts } from '../lib/first-scripts.mjs'

/** What the page must load before it can show anything, packed; and the two other entries. */
export function measureSize({ session }) {
  const built = (...parts) => join(session.app, 'out', ...parts)
  const scripts = firstScripts(built('renderer', 'index.html'))
  const detail = scripts.map((path) => `${basename(path)} ${packedKib(path).toFixed(1)} KiB`)
  return [
    single({
      name: 'first renderer script, gzip',
      unit: 'KiB',
      value: scripts.reduce((sum, path) => sum + packedKib(path), 0),
      limits: { target: 60, never: 80 },
      detail,
    }),
    ...['preload/index.cjs', 'main/index.js'].map((name) =>
      single({
        name: `${name}, plain`,
        unit: 'KiB',
        value: readFileSync(built(name)).length / 1024,
      }),
    ),
  ]
}

const packedKib = (path) => gzipSync(readFileSync(path)).length / 1024
