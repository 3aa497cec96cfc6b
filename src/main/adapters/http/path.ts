import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'

/** A path below a service's base. `route` names it without the values, for the log. */
export interface ApiPath {
  readonly text: string
  readonly route: string
}

/**
 * Builds a path from a template: every inserted part is percent-encoded as one segment. Parts that
 * would leave their place (`..`, nothing, control characters) are refused, since servers and proxies
 * walk up such paths even where this client does not.
 */
export function path(
  fixed: TemplateStringsArray,
  ...parts: readonly (string | number)[]
): Result<ApiPath> {
  const encoded: string[] = []
  for (const part of parts) {
    const segment = encodeSegment(String(part))
    if (segment === undefined) {
      return err({ kind: 'refused-input', field: 'address', problem: unusable })
    }
    encoded.push(segment)
  }
  const text = fixed.map((piece, index) => piece + (encoded[index] ?? '')).join('')
  return ok({ text, route: fixed.join('*') })
}

const unusable = 'A name in this address cannot be sent.'

/** Whether a name can stand in a path at all. */
export const isPathPart = (part: string): boolean => encodeSegment(part) !== undefined

function encodeSegment(part: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (part === '' || part === '.' || part === '..' || /[\u0000-\u001f\u007f]/.test(part)) {
    return undefined
  }
  try {
    return encodeURIComponent(part)
  } catch {
    // A lone surrogate has no encoding.
    return undefined
  }
}

export function queryText(query: Readonly<Record<string, string>> | undefined): string {
  if (!query) return ''
  const pairs = new URLSearchParams(Object.entries(query)).toString()
  return pairs === '' ? '' : `?${pairs}`
}
