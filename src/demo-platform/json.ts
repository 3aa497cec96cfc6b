export type JsonRecord = Record<string, unknown>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined stands for text that is not JSON; `null` is a JSON value. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** Python counts code points where this language counts UTF-16 units. */
export function characterCount(text: string): number {
  return Array.from(text).length
}

/** Rejected input inside a message. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? value : pythonRepr(value)
}

/** A value as Python prints it: server messages echo rejected input in this form. */
export function pythonRepr(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return pythonString(value)
  if (Array.isArray(value)) return `[${value.map(pythonRepr).join(', ')}]`
  const pairs = Object.entries(value).map(
    ([key, item]) => `${pythonString(key)}: ${pythonRepr(item)}`,
  )
  return `{${pairs.join(', ')}}`
}

function pythonString(text: string): string {
  return text.includes("'") && !text.includes('"')
    ? `"${text}"`
    : `'${text.replaceAll("'", "\\'")}'`
}
