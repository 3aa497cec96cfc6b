import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { isNode, type Node, referencesIn, type Side, toJsonSchema } from './json-schema'
import { type Blocks, blocksUnder } from './yaml-blocks'

export interface Operation {
  /** `GET /api/…/{org}/…`, as the document writes it. */
  readonly name: string
  readonly queryParameters: ReadonlyMap<string, unknown>
  readonly requestBody: Node | undefined
  readonly responses: Node
}

export type Found =
  | { readonly kind: 'operation'; readonly operation: Operation }
  | { readonly kind: 'no-method'; readonly path: string }
  | { readonly kind: 'no-path' }

export interface Document {
  readonly find: (method: string, path: string) => Found
  readonly compile: (schema: unknown, side: Side, coerce?: boolean) => ValidateFunction
  /** Follows one reference into the components. */
  readonly resolve: (schema: unknown) => Node | undefined
  /** Names of all operations whose path matches. */
  readonly operations: (path: RegExp) => readonly string[]
}

/** Finds a mentor by name; it would also swallow endpoints the document does not know. */
const CATCH_ALL = '/api/ai-mentor/orgs/{org}/users/{user_id}/{name}/'
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export function loadDocument(): Document {
  const lines = readFileSync(documentPath(), 'utf8').split('\n')
  const paths = blocksUnder(lines, 'paths:', 2)
  const schemas = blocksUnder(lines, '  schemas:', 4)
  const named = paths.names.filter((path) => path !== CATCH_ALL)
  const compiled = named.map((path) => ({ path, pattern: toPattern(path) }))
  const validators = {
    plain: createCompiler(schemas, false),
    coerce: createCompiler(schemas, true),
  }
  return {
    find: (method, path) => {
      const matches = compiled.filter(({ pattern }) => pattern.test(path))
      const [best] = matches.sort((a, b) => parameterCount(a.path) - parameterCount(b.path))
      if (best === undefined) return { kind: 'no-path' }
      const operation = nodeIn(paths, best.path)[method.toLowerCase()]
      if (!isNode(operation)) return { kind: 'no-method', path: best.path }
      return { kind: 'operation', operation: describe(`${method} ${best.path}`, operation) }
    },
    compile: (schema, side, coerce = false) =>
      validators[coerce ? 'coerce' : 'plain'](schema, side),
    resolve: (schema) => {
      if (!isNode(schema)) return undefined
      const [name] = typeof schema['$ref'] === 'string' ? referencesIn(schema) : []
      return name === undefined ? schema : nodeIn(schemas, name)
    },
    operations: (path) =>
      paths.names
        .filter((name) => path.test(name))
        .flatMap((name) =>
          METHODS.filter((method) => method in nodeIn(paths, name)).map(
            (method) => `${method.toUpperCase()} ${name}`,
          ),
        ),
  }
}

/** The package exports its code only; the document lies beside its manifest. */
function documentPath(): string {
  const entry = createRequire(import.meta.url).resolve('@iblai/iblai-api')
  const name = join('@iblai', 'iblai-api')
  return join(entry.slice(0, entry.lastIndexOf(name) + name.length), 'sdk_schema.yml')
}

/** Schemas are added with everything they refer to, the first time they are needed. */
function createCompiler(schemas: Blocks, coerceTypes: boolean) {
  const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes, validateSchema: false })
  addFormats(ajv)
  for (const format of ['decimal', 'double', 'png', 'binary']) ajv.addFormat(format, true)
  const added = new Set<string>()
  const add = (schema: unknown, side: Side): void => {
    for (const name of referencesIn(schema)) {
      const id = `/${side}/${name}`
      if (added.has(id)) continue
      added.add(id)
      const source = nodeIn(schemas, name)
      ajv.addSchema({ $id: id, ...asNode(toJsonSchema(source, side)) })
      add(source, side)
    }
  }
  return (schema: unknown, side: Side): ValidateFunction => {
    add(schema, side)
    return ajv.compile(asNode(toJsonSchema(schema, side)))
  }
}

function describe(name: string, operation: Node): Operation {
  const { parameters, requestBody, responses } = operation
  const inQuery = (Array.isArray(parameters) ? parameters : [])
    .filter(isNode)
    .filter((parameter) => parameter['in'] === 'query')
  return {
    name,
    queryParameters: new Map(
      inQuery.map((parameter) => [String(parameter['name']), parameter['schema']]),
    ),
    requestBody: isNode(requestBody) ? requestBody : undefined,
    responses: asNode(responses),
  }
}

function nodeIn(blocks: Blocks, name: string): Node {
  return asNode(blocks.get(name))
}

function asNode(value: unknown): Node {
  if (!isNode(value)) throw new Error('The document has something other than a mapping here.')
  return value
}

function toPattern(path: string): RegExp {
  const literal = path.replace(/[.+*?^$()|[\]\\]/g, '\\$&')
  return new RegExp(`^${literal.replace(/\{[^}]+\}/g, '[^/]+')}$`)
}

function parameterCount(path: string): number {
  return path.split('{').length
}
