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

function isShallow(json: Json): boolean {
  let level: readonly Json[] = [json]
  for (let depth = 0; depth < maxDepth; depth += 1) {
    const next: Json[] = []
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue
      for (const inner of Object.values(value)) {
        if (typeof inner === 'object' && inner !== null) next.push(inner)
      }
    }
    if (next.length === 0) return true
    level = next
  }
  return false
}
