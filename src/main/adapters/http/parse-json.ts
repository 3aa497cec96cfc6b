import type { Json } from '../../../shared/domain/values'

export type ParsedBody =
  { readonly kind: 'json'; readonly json: Json } | { readonly kind: 'empty' | 'html' | 'broken' }

/** Deeper answers would overflow the stack of whoever writes them to disk or sends them on. */
const maxDepth = 100

/** Reads an answer's text. A declared type is only a hint: proxies send pages as JSON and the reverse. */
export function parseBody(text: string, contentType: string): ParsedBody {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'empty' }
  if (trimmed.startsWith('<')) return { kind: 'html' }
  const json = parseJson(trimmed)
  if (json !== undefined) return { kind: 'json', json }
  return { kind: /\bhtml\b/i.test(contentType) ? 'html' : 'broken' }
}

function parseJson(text: string): Json | undefined {
  try {
    const json = JSON.parse(text) as Json
    return isShallow(json) ? json : undefined
  } catch {
    return undefined
  }
}

/** Goes through every answer whole, so it calls itself for what holds something only. */
function isShallow(json: Json, levels = maxDepth): boolean {
  if (typeof json !== 'object' || json === null) return true
  if (levels === 0) return false
  for (const inner of Array.isArray(json) ? json : Object.values(json)) {
    if (typeof inner === 'object' && !isShallow(inner as Json, levels - 1)) return false
  }
  return true
}
