import type { ErrorObject } from 'ajv'
import { type Document, loadDocument, type Operation } from './document'
import { isNode } from './json-schema'

/** One request and, where there is one, its answer. Paths start with `/dm`; others are not in the document. */
export interface Exchange {
  readonly method: string
  readonly path: string
  /** With or without its question mark. */
  readonly query?: string
  readonly requestType?: string
  /** Parsed JSON, or true for a body of another kind. Leave out when nothing was sent. */
  readonly requestBody?: unknown
  /** Leave out to check the request alone. */
  readonly status?: number
  readonly responseType?: string
  /** Parsed JSON. Leave out when the answer was empty. */
  readonly responseBody?: unknown
}

export type FindingKind =
  | 'undeclared-path'
  | 'undeclared-method'
  | 'undeclared-query'
  | 'query-value'
  | 'undeclared-request-body'
  | 'request-type'
  | 'request-body'
  | 'undeclared-status'
  | 'undeclared-response-body'
  | 'response-body'

/** One place where an exchange and the published document differ. */
export interface Finding {
  readonly kind: FindingKind
  /** As the document names it; with the path as sent when the document does not know it. */
  readonly operation: string
  readonly detail: string
}

let loaded: Document | undefined

export function publishedDocument(): Document {
  return (loaded ??= loadDocument())
}

/** What differs between an exchange and the published document, both sides. Empty when nothing does. */
export function checkExchange(exchange: Exchange): readonly Finding[] {
  if (!exchange.path.startsWith('/dm/')) return []
  const path = exchange.path.slice('/dm'.length)
  const found = publishedDocument().find(exchange.method, path)
  const sent = `${exchange.method} ${path}`
  if (found.kind === 'no-path')
    return [{ kind: 'undeclared-path', operation: sent, detail: 'not in the document' }]
  if (found.kind === 'no-method') {
    return [
      {
        kind: 'undeclared-method',
        operation: `${exchange.method} ${found.path}`,
        detail: 'not in the document',
      },
    ]
  }
  const { operation } = found
  const parts = [
    ...checkQuery(operation, exchange),
    ...checkRequest(operation, exchange),
    ...checkResponse(operation, exchange),
  ]
  return parts.map(([kind, detail]) => ({ kind, operation: operation.name, detail }))
}

type Part = readonly [kind: FindingKind, detail: string]

function checkQuery(operation: Operation, { query = '' }: Exchange): readonly Part[] {
  return [...new URLSearchParams(query)].flatMap(([name, value]): readonly Part[] => {
    if (!operation.queryParameters.has(name)) return [['undeclared-query', name]]
    const holder = { type: 'object', properties: { value: operation.queryParameters.get(name) } }
    const validate = publishedDocument().compile(holder, 'request', true)
    return validate({ value }) ? [] : [['query-value', `${name}: ${describe(validate.errors)}`]]
  })
}

function checkRequest(operation: Operation, exchange: Exchange): readonly Part[] {
  const { requestBody: body, requestType = 'application/json' } = exchange
  const content = operation.requestBody?.['content']
  if (!isNode(content)) {
    return body === undefined ? [] : [['undeclared-request-body', requestType]]
  }
  if (body === undefined) {
    const required = operation.requestBody?.['required'] === true
    return required ? [['request-body', 'a body is required']] : []
  }
  const media = requestType.split(';')[0]?.trim() ?? ''
  const declared = content[media]
  if (!isNode(declared)) return [['request-type', media]]
  return media.endsWith('json') ? validateBody(declared['schema'], body) : []
}

function validateBody(schema: unknown, body: unknown): readonly Part[] {
  const validate = publishedDocument().compile(schema, 'request')
  const errors: readonly Part[] = validate(body)
    ? []
    : details(validate.errors).map((detail) => ['request-body', detail])
  return [...errors, ...undeclaredKeys(schema, body)]
}

/** The document allows further keys everywhere; a client that sends one has most likely misspelt it. */
function undeclaredKeys(schema: unknown, body: unknown): readonly Part[] {
  if (!isNode(body)) return []
  const known = declaredKeys(schema)
  return known === undefined
    ? []
    : Object.keys(body)
        .filter((key) => !known.has(key))
        .map((key): Part => ['request-body', `/${key} is not declared`])
}

function declaredKeys(schema: unknown): ReadonlySet<string> | undefined {
  const resolved = publishedDocument().resolve(schema)
  const properties = resolved?.['properties']
  return isNode(properties) ? new Set(Object.keys(properties)) : undefined
}

function checkResponse(
  operation: Operation,
  { status, responseBody: body }: Exchange,
): readonly Part[] {
  if (status === undefined) return []
  const declared = operation.responses[String(status)] ?? operation.responses['default']
  if (!isNode(declared)) return [['undeclared-status', String(status)]]
  const content = declared['content']
  if (!isNode(content))
    return body === undefined ? [] : [['undeclared-response-body', String(status)]]
  if (body === undefined) return [['response-body', 'a body is declared']]
  const media = content['application/json']
  const schema: unknown = isNode(media) ? media['schema'] : undefined
  const validate = publishedDocument().compile(schema ?? {}, 'response')
  return validate(body) ? [] : details(validate.errors).map((detail) => ['response-body', detail])
}

function details(errors: readonly ErrorObject[] | null | undefined): readonly string[] {
  return [...new Set((errors ?? []).map(describeOne))]
}

function describe(errors: readonly ErrorObject[] | null | undefined): string {
  return details(errors).join('; ')
}

/** Row numbers are left out: a hundred rows with one fault are one finding. */
function describeOne({ instancePath, message = 'is wrong' }: ErrorObject): string {
  const place = instancePath.replace(/\/\d+(?=\/|$)/g, '/*')
  const hidden = message.includes('boolean schema is false')
  return hidden ? `${place} has no place on this side` : `${place} ${message}`
}
