import { selfItemId } from '../../../shared/domain/ids'
import type { JsonObject, Values } from '../../../shared/domain/values'
import { partly, type AppError, type Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Pulled, WriteContext } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
import {
  accountPath,
  isDenied,
  readAccount,
  readMetadata,
  writeMetadata,
} from './account-documents'
import { booleanIn, isObject, objectIn } from './json-read'
import { readGate } from './memory-gate'
import {
  documentOf,
  storeInUse,
  storesIn,
  storesToWrite,
  switchFields,
  switchKeys,
  switchValues,
  type StoreDocuments,
  type StoreName,
} from './memory-stores'
import { path } from './path'
import type { Answer } from './requests'
import { notOffered, type ProfileScope, type ResourceApi } from './resource-api'

/** The two memory switches, in whichever places this server keeps them. */
export function createMemorySettingsApi(scope: ProfileScope): ResourceApi {
  const endpoint: SettingsEndpoint = { isKnown: false }
  return {
    pull: (_section, signal) => pull(scope, endpoint, signal),
    update: (_section, current, patch, context) =>
      update(scope, endpoint, { current, patch, context }),
    create: notOffered,
    remove: notOffered,
    count: async (_section, signal) => {
      const documents = await readStores(scope, endpoint, signal)
      return documents.ok ? ok({ canWrite: true }) : documents
    },
  }
}

/**
 * Once it has answered, the settings endpoint is there: a page in its place is a failure then, and
 * must not lead a switch that was turned off to a store nobody reads.
 */
interface SettingsEndpoint {
  isKnown: boolean
}

const settingsPath = (scope: ProfileScope) =>
  path`/api/ai-mentor/orgs/${scope.org}/users/${scope.username}/memsearch-settings/`

async function pull(
  scope: ProfileScope,
  endpoint: SettingsEndpoint,
  signal: AbortSignal,
): Promise<Result<Pulled>> {
  const [documents, gate] = await Promise.all([
    readStores(scope, endpoint, signal),
    readGate(scope, signal),
  ])
  if (!documents.ok) return documents
  const facts: JsonObject = {
    store: storeInUse(documents.value),
    stores: [...storesIn(documents.value)],
    ...(gate !== undefined && { gate }),
  }
  return ok({ items: [itemFromStores(documents.value)], facts })
}

function itemFromStores(documents: StoreDocuments): ServerItem {
  const { settings, metadata, account } = documents
  return {
    id: selfItemId,
    values: switchValues(documents),
    wire: {
      ...(settings && { settings }),
      ...(metadata && { metadata }),
      ...(account && { account }),
    },
  }
}

function storesFromItem({ wire }: ServerItem): StoreDocuments {
  const settings = objectIn(wire, 'settings')
  const metadata = objectIn(wire, 'metadata')
  const account = objectIn(wire, 'account')
  return {
    ...(settings && { settings }),
    ...(metadata && { metadata }),
    ...(account && { account }),
  }
}

/**
 * The settings endpoint decides where it exists. Without it the LMS documents do, so only then is a
 * failure to read them one of the switches.
 */
async function readStores(
  scope: ProfileScope,
  endpoint: SettingsEndpoint,
  signal: AbortSignal,
): Promise<Result<StoreDocuments>> {
  const [settings, metadata, account] = await Promise.all([
    readSettings(scope, endpoint, signal),
    readMetadata(scope, signal),
    readAccount(scope, signal),
  ])
  if (!settings.ok) return settings
  const failed = [metadata, account].find((document) => !document.ok && !isDenied(document.error))
  if (!settings.value && failed && !failed.ok) return failed
  if (!settings.value && !metadata.ok && !account.ok) return metadata
  return ok({
    ...(settings.value && { settings: settings.value }),
    ...(metadata.ok && { metadata: metadata.value }),
    ...(account.ok && { account: account.value }),
  })
}

/** `undefined`: this server has no such endpoint. A refusal is not that, and is said. */
async function readSettings(
  scope: ProfileScope,
  endpoint: SettingsEndpoint,
  signal: AbortSignal,
): Promise<Result<JsonObject | undefined>> {
  const answer = await scope.client.read({ service: 'dm', path: settingsPath(scope), signal })
  const settings = answer.ok ? settingsIn(answer.value) : undefined
  if (settings) endpoint.isKnown = true
  if (settings || !endpoint.isKnown) {
    return answer.ok || isMissingStatus(answer.error) ? ok(settings) : answer
  }
  const { host, status } = { host: scope.client.hostOf('dm'), status: 200 }
  return answer.ok
    ? err({ kind: 'unexpected-answer', reason: 'shape', service: 'dm', host, status })
    : answer
}

/** Any of its keys makes it one; a new person's may be empty. */
function settingsIn({ body }: Answer): JsonObject | undefined {
  if (!isObject(body)) return undefined
  const keys = Object.keys(body)
  const isSettings = keys.length === 0 || settingsKeys.some((key) => keys.includes(key))
  return isSettings ? body : undefined
}

const settingsKeys: readonly string[] = [...Object.values(switchKeys), 'updated_at']

/** Not a page in its place: behind a login or a proxy, the endpoint may well be there. */
const isMissingStatus = (error: AppError): boolean =>
  'status' in error && [404, 405, 410, 501].includes(error.status ?? 0)

interface Update {
  readonly current: ServerItem
  readonly patch: Values
  readonly context: WriteContext
}

/** Counts as written only once every store shows the new values. */
async function update(
  scope: ProfileScope,
  endpoint: SettingsEndpoint,
  { current, patch, context }: Update,
): Promise<Result<ServerItem>> {
  const documents = storesFromItem(current)
  const stores = storesToWrite(documents)
  const changed = changedKeys(patch)
  const write = { stores, changed, documents }
  let isPartly = false
  for (const send of [writeSettings, writeMetadataStores, writeAccount]) {
    const answer = await send(scope, write, context.signal)
    if (answer && !answer.ok) {
      const error = asNotStored(answer.error)
      return err(isPartly ? partly(error) : error)
    }
    isPartly ||= answer !== undefined
  }
  const after = await readStores(scope, endpoint, context.signal)
  if (!after.ok) return after
  const isKept = stores.every((store) => holds(documentOf(after.value, store), changed))
  return isKept ? ok(itemFromStores(after.value)) : err(partly({ kind: 'not-stored' }))
}

/** A place that is not there keeps nothing. */
const asNotStored = (error: AppError): AppError =>
  isMissingStatus(error) ? { kind: 'not-stored' } : error

function changedKeys(patch: Values): JsonObject {
  const changed = switchFields.filter((field) => typeof patch[field] === 'boolean')
  return Object.fromEntries(changed.map((field) => [switchKeys[field], patch[field] === true]))
}

const holds = (document: JsonObject | undefined, changed: JsonObject): boolean =>
  document !== undefined &&
  Object.entries(changed).every(([key, value]) => booleanIn(document, key) === value)

interface StoreWrite {
  readonly stores: readonly StoreName[]
  readonly changed: JsonObject
  readonly documents: StoreDocuments
}
type StoreAnswer = Promise<Result<Answer> | undefined>

async function writeSettings(
  scope: ProfileScope,
  { stores, changed, documents }: StoreWrite,
  signal: AbortSignal,
): StoreAnswer {
  if (!stores.includes('memsearch-settings')) return undefined
  const put = (json: JsonObject) =>
    scope.client.write({
      service: 'dm',
      method: 'PUT',
      path: settingsPath(scope),
      body: { kind: 'json', json },
      signal,
    })
  const answer = await put(changed)
  if (answer.ok || answer.error.kind !== 'invalid') return answer
  // Some servers want both switches. The other one goes back as it was read just now.
  const both = { ...switchesIn(documents.settings), ...changed }
  return Object.keys(both).length > Object.keys(changed).length ? put(both) : answer
}

const switchesIn = (document: JsonObject = {}): JsonObject =>
  Object.fromEntries(
    Object.values(switchKeys).flatMap((key) => {
      const isOn = booleanIn(document, key)
      return isOn === undefined ? [] : [[key, isOn]]
    }),
  )

/** `public_metadata` is replaced as a whole, so all of it goes back. */
async function writeMetadataStores(
  scope: ProfileScope,
  { stores, changed, documents }: StoreWrite,
  signal: AbortSignal,
): StoreAnswer {
  const isTop = stores.includes('metadata')
  const isPublic = stores.includes('public_metadata')
  if (!isTop && !isPublic) return undefined
  const whole = { ...documentOf(documents, 'public_metadata'), ...changed }
  const body = { ...(isTop && changed), ...(isPublic && { public_metadata: whole }) }
  return writeMetadata(scope, body, signal)
}

async function writeAccount(
  scope: ProfileScope,
  { stores, changed }: StoreWrite,
  signal: AbortSignal,
): StoreAnswer {
  if (!stores.includes('account')) return undefined
  return scope.client.write({
    service: 'lms',
    method: 'PATCH',
    path: accountPath(scope),
    body: { kind: 'merge-patch', json: changed },
    signal,
  })
}
