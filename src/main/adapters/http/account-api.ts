import type { AnySection } from '../../../shared/domain/sections/section'
import { isFileValue, textOf, type JsonObject, type Values } from '../../../shared/domain/values'
import { partly, type AppError, type Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Pulled, WriteContext } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
import {
  accountPath,
  isDenied,
  readAccount,
  readMetadata,
  wholeAccountIn,
  writeMetadata,
} from './account-documents'
import { isXNameUnknown, linkFields } from './account-links'
import {
  accountFacts,
  accountFieldsOf,
  accountPatch,
  isOwnAccount,
  itemFromAccount,
  needsMetadata,
  type AccountDocuments,
} from './account-wire'
import { writePhoto } from './image-api'
import { objectIn, textIn } from './json-read'
import { notOffered, type Counted, type ProfileScope, type ResourceApi } from './resource-api'

/** Sections whose values live in the account record: basic information and social links. */
export function createAccountApi(scope: ProfileScope): ResourceApi {
  // Known only after the first refused write; from then on the field is shown read-only.
  let isTitleRefused = false
  const refuseTitle = () => {
    isTitleRefused = true
  }
  return {
    pull: (section, signal) => pull(scope, { section, signal, isTitleRefused }),
    update: async (section, current, patch, context) => {
      const update = { section, current, patch, context }
      const saved = await save(scope, update, refuseTitle)
      return saved.ok ? readBack(scope, update, saved.value) : saved
    },
    create: notOffered,
    remove: notOffered,
    count: (section, signal) => count(scope, section, signal),
  }
}

interface Pull {
  readonly section: AnySection
  readonly signal: AbortSignal
  readonly isTitleRefused: boolean
}

async function pull(scope: ProfileScope, given: Pull): Promise<Result<Pulled>> {
  const { section, signal, isTitleRefused } = given
  const documents = await readDocuments(scope, section, signal)
  if (!documents.ok) return documents
  const item = itemFromAccount(section, documents.value)
  const facts = accountFacts(section, { documents: documents.value, isTitleRefused })
  return ok({ items: [item], facts })
}

/** Without permission for the metadata the account stands alone; a failure there fails the read. */
async function readDocuments(
  scope: ProfileScope,
  section: AnySection,
  signal: AbortSignal,
): Promise<Result<AccountDocuments>> {
  const [account, metadata] = await Promise.all([
    readAccount(scope, signal),
    needsMetadata(section) ? readMetadata(scope, signal) : undefined,
  ])
  if (!account.ok) return account
  if (!metadata || (!metadata.ok && isDenied(metadata.error))) return ok({ account: account.value })
  return metadata.ok ? ok({ account: account.value, metadata: metadata.value }) : metadata
}

interface Update {
  readonly section: AnySection
  readonly current: ServerItem
  readonly patch: Values
  readonly context: WriteContext
}

/** Documents that a write has answered whole; the others are read again. */
type Answered = Partial<AccountDocuments>

/** One attempt at each request the patch needs; the first refusal ends it. */
async function save(
  scope: ProfileScope,
  update: Update,
  refuseTitle: () => void,
): Promise<Result<Answered>> {
  const account = objectIn(update.current.wire, 'account') ?? {}
  if (!isOwnAccount(account)) return err({ kind: 'forbidden', service: 'lms' })
  const patched = await patchAccount(scope, update, account)
  if (!patched.ok) return patched
  const isPatched = patched.value.account !== account
  const titled = await saveTitle(scope, update, refuseTitle)
  if (!titled.ok) return isPatched ? err(partly(titled.error)) : titled
  const isTitled = update.patch.title !== undefined
  const photo = await savePhoto(scope, update)
  if (!photo.ok) return isPatched || isTitled ? err(partly(photo.error)) : photo
  // A new picture shows only in the account as it is after the upload.
  return ok({ ...(!photo.value && patched.value), ...titled.value })
}

async function patchAccount(
  scope: ProfileScope,
  update: Update,
  account: JsonObject,
): Promise<Result<Answered>> {
  const first = await sendPatch(scope, update, { account, xName: 'twitter' })
  if (first.ok || !isAboutX(update, first.error) || !isXNameUnknown(account)) return first
  // A refusal changed nothing, so asking by the newer name is no repeated write.
  const second = await sendPatch(scope, update, { account, xName: 'x' })
  return second.ok ? second : first
}

async function sendPatch(
  scope: ProfileScope,
  { section, patch, context }: Update,
  { account, xName }: { readonly account: JsonObject; readonly xName: string },
): Promise<Result<Answered>> {
  const json = accountPatch(section, account, { patch, xName })
  if (Object.keys(json).length === 0) return ok({ account })
  const answer = await scope.client.write({
    service: 'lms',
    method: 'PATCH',
    path: accountPath(scope),
    body: { kind: 'merge-patch', json },
    signal: context.signal,
    fieldsOf: accountFieldsOf(section, patch),
  })
  if (!answer.ok) return err(asForeign(answer.error))
  const whole = wholeAccountIn(answer.value)
  return ok(whole ? { account: whole } : {})
}

/** Somebody else's account answers 403 on newer servers and 404 on older ones. */
const asForeign = (error: AppError): AppError =>
  error.kind === 'not-found' ? { ...error, kind: 'forbidden' } : error

function isAboutX({ section }: Update, error: AppError): boolean {
  if (error.kind !== 'invalid') return false
  const refused = Object.keys(error.fields)
  return linkFields(section).some(([key, platform]) => platform === 'x' && refused.includes(key))
}

async function saveTitle(
  scope: ProfileScope,
  { section, patch, context }: Update,
  refuseTitle: () => void,
): Promise<Result<Answered>> {
  if (patch.title === undefined || !needsMetadata(section)) return ok({})
  const title = textOf(patch.title)
  const answer = await writeMetadata(scope, { title }, context.signal)
  if (!answer.ok) {
    if (['forbidden', 'not-found'].includes(answer.error.kind)) refuseTitle()
    return err(asForeign(answer.error))
  }
  const metadata = await readMetadata(scope, context.signal)
  if (!metadata.ok) return metadata
  const isStored = (textIn(metadata.value, 'title') ?? '') === title
  return isStored ? ok({ metadata: metadata.value }) : err({ kind: 'not-stored', service: 'lms' })
}

/** Whether there was a picture to write. */
async function savePhoto(
  scope: ProfileScope,
  { section, patch, context }: Update,
): Promise<Result<boolean>> {
  const field = Object.keys(section.fields).find((key) => section.fields[key]?.kind === 'file')
  const value = field === undefined ? undefined : patch[field]
  if (field === undefined || value === undefined) return ok(false)
  const file = isFileValue(value) ? value : null
  const written = await writePhoto(scope, { field, file }, context)
  return written.ok ? ok(true) : written
}

async function readBack(
  scope: ProfileScope,
  { section, current, patch, context }: Update,
  answered: Answered,
): Promise<Result<ServerItem | undefined>> {
  const account = answered.account ? ok(answered.account) : await readAccount(scope, context.signal)
  if (!account.ok) return account
  const metadata = answered.metadata ?? objectIn(current.wire, 'metadata')
  const item = itemFromAccount(section, { account: account.value, ...(metadata && { metadata }) })
  const photo = Object.keys(section.fields).find((key) => section.fields[key]?.kind === 'file')
  // Taken and not shown: so it is for accounts under parental control.
  const isPhotoLost =
    photo !== undefined && isFileValue(patch[photo]) && item.values[photo] === null
  if (isPhotoLost) return err({ kind: 'not-stored', service: 'lms' })
  return ok(withPendingEmail(item, patch))
}

/** The old address stays until the mailed link is opened; that is no failure to store. */
function withPendingEmail(item: ServerItem, patch: Values): ServerItem {
  const wanted = textOf(patch.email)
  if (wanted === '' || wanted.toLowerCase() === textOf(item.values.email).toLowerCase()) return item
  return { ...item, values: { ...item.values, pendingEmail: wanted } }
}

async function count(
  scope: ProfileScope,
  section: AnySection,
  signal: AbortSignal,
): Promise<Result<Counted>> {
  const account = await readAccount(scope, signal)
  if (!account.ok) return account
  const canWrite = section.allows.update && isOwnAccount(account.value)
  return ok({ canWrite })
}
