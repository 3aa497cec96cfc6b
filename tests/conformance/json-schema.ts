/** Which side of an exchange a schema is for: read-only and write-only mean something only then. */
export type Side = 'request' | 'response'

export type Node = Readonly<Record<string, unknown>>

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const OPENAPI_ONLY = new Set([
  'nullable',
  'readOnly',
  'writeOnly',
  'example',
  'discriminator',
  'xml',
])

/** OpenAPI 3.0 schema objects are not JSON Schema; this makes them so, for one side. */
export function toJsonSchema(schema: unknown, side: Side): unknown {
  if (Array.isArray(schema)) return schema.map((item) => toJsonSchema(item, side))
  if (!isNode(schema)) return schema
  if (typeof schema['$ref'] === 'string')
    return nullableIf(schema, { $ref: refFor(schema['$ref'], side) })
  const converted: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(schema)) {
    if (!OPENAPI_ONLY.has(key)) converted[key] = convertKeyword(key, value, side)
  }
  convertRequired(converted, schema, side)
  convertBounds(converted)
  return nullableIf(schema, converted)
}

const COMPONENT = '#/components/schemas/'

export function refFor(ref: string, side: Side): string {
  return `/${side}/${ref.slice(COMPONENT.length)}`
}

/** Names of the components a schema refers to, itself and not through others. */
export function referencesIn(schema: unknown): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(referencesIn)
  if (!isNode(schema)) return []
  const ref = schema['$ref']
  const own = typeof ref === 'string' ? [ref.slice(COMPONENT.length)] : []
  return [...own, ...Object.values(schema).flatMap(referencesIn)]
}

function convertKeyword(key: string, value: unknown, side: Side): unknown {
  if (key === 'properties' && isNode(value)) {
    const pairs = Object.entries(value).map(([name, property]) => [
      name,
      isHidden(property, side) ? false : toJsonSchema(property, side),
    ])
    return Object.fromEntries(pairs) as unknown
  }
  const nested = ['items', 'allOf', 'anyOf', 'oneOf', 'not', 'additionalProperties']
  return nested.includes(key) ? toJsonSchema(value, side) : value
}

/** A read-only property has no place in a request, a write-only one none in an answer. */
function isHidden(property: unknown, side: Side): boolean {
  return isNode(property) && property[side === 'request' ? 'readOnly' : 'writeOnly'] === true
}

function convertRequired(converted: Record<string, unknown>, schema: Node, side: Side): void {
  const properties = schema['properties']
  if (!Array.isArray(schema['required']) || !isNode(properties)) return
  converted['required'] = schema['required'].filter(
    (name) => !isHidden(properties[String(name)], side),
  )
}

function convertBounds(converted: Record<string, unknown>): void {
  const { exclusiveMinimum: above, exclusiveMaximum: below, minimum, maximum } = converted
  if (typeof above === 'boolean') delete converted['exclusiveMinimum']
  if (typeof below === 'boolean') delete converted['exclusiveMaximum']
  if (above === true) converted['exclusiveMinimum'] = minimum
  if (below === true) converted['exclusiveMaximum'] = maximum
}

/** Without a type a schema takes null anyway. */
function nullableIf(schema: Node, converted: Node): Node {
  if (schema['nullable'] !== true) return converted
  const composed = ['$ref', 'allOf', 'anyOf', 'oneOf', 'enum', 'type'].some(
    (key) => key in converted,
  )
  return composed ? { anyOf: [converted, { type: 'null' }] } : converted
}
