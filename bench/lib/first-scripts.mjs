import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What a chunk imports as it loads; `import(…)`, which is asked for later, has a bracket. */
const staticImport = /(?:import|export)(?:[^'"`();]*?from)?\s*["'](\.[^"']+)["']/g

/** @returns the paths of a page's own scripts and of every chunk these import as they load. */
export function firstScripts(page) {
  const html = readFileSync(page, 'utf8')
  const entries = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)]
  const found = new Set(entries.map(([, source]) => join(dirname(page), source)))
  for (const path of found) for (const imported of importedBy(path)) found.add(imported)
  return [...found]
}

const importedBy = (path) =>
  [...readFileSync(path, 'utf8').matchAll(staticImport)].map(([, name]) =>
    join(dirname(path), name),
  )
