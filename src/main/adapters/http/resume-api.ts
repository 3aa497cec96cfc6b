import {
  isFileValue,
  type FileValue,
  type JsonObject,
  type Values,
} from '../../../shared/domain/values'
import { isAmbiguous, type AppError, type Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Pulled, WriteContext } from '../../../shared/sync/ports'
import type { ServerItem } from '../../../shared/sync/state'
import { path } from './path'
import type { FormPart } from './multipart'
import type { Answer } from './requests'
import { notOffered, type ProfileScope, type ResourceApi } from './resource-api'
import { itemFromResume, resumeObject, resumeRecord, type StoredFile } from './resume-wire'

export function createResumeApi(scope: ProfileScope): ResourceApi {
  const watch = new UploadWatch()
  const read = async (signal: AbortSignal): Promise<Result<Pulled>> => {
    const wire = await readResume(scope, signal)
    if (!wire.ok) return wire
    watch.seen(wire.value)
    return ok({ items: [watch.recognised(itemFromResume(wire.value))], facts: watch.facts() })
  }
  return {
    pull: (_section, signal) => read(signal),
    update: (_section, current, patch, context) =>
      upload(scope, watch, { current, patch, context }),
    create: notOffered,
    remove: notOffered,
    count: async (_section, signal) => {
      const pulled = await read(signal)
      if (!pulled.ok) return pulled
      const found = pulled.value.items.filter((item) => item.values.file !== null).length
      return ok({ canWrite: true, found })
    },
  }
}

/** The order differs from the other career paths: `resume` stands before `orgs`. */
const resumePath = (scope: ProfileScope) =>
  path`/api/career/resume/orgs/${scope.org}/users/${scope.username}/`

/** Only "not found" means there is none; any other failure is one, or it would be overwritten. */
async function readResume(scope: ProfileScope, signal: AbortSignal): Promise<Result<JsonObject>> {
  const answer = await scope.client.read({ service: 'dm', path: resumePath(scope), signal })
  if (!answer.ok) return answer.error.kind === 'not-found' ? ok({}) : answer
  const wire = resumeObject(answer.value.body)
  if (wire) return ok(wire)
  return err({
    kind: 'unexpected-answer',
    reason: 'shape',
    service: 'dm',
    host: scope.client.hostOf('dm'),
    status: answer.value.status,
  })
}

/**
 * What reads after an upload are compared with. A replacing server may drop what stands beside the
 * CV, and only the links can be sent again; and it lists the CV without size or hash.
 */
class UploadWatch {
  #besideBefore: readonly string[] | undefined
  #vanished: readonly string[] = []
  #sent: FileValue | undefined
  #addressBefore: string | undefined

  uploaded(before: JsonObject, file: FileValue): void {
    const { cv, others } = resumeRecord(before)
    this.#besideBefore = others.map((other) => other.name)
    this.#addressBefore = cv && addressOf(cv)
    this.#sent = file
  }

  seen(after: JsonObject): void {
    if (!this.#besideBefore) return
    const { cv, others } = resumeRecord(after)
    const names = [cv, ...others].map((file) => file?.name)
    this.#vanished = this.#besideBefore.filter((name) => !names.includes(name))
    this.#besideBefore = undefined
  }

  /** The file which the server took from here is the one that was sent, if it has moved or the name. */
  recognised(item: ServerItem): ServerItem {
    const { file } = item.values
    const sent = this.#sent
    const { cv } = resumeRecord(item.wire)
    if (!sent || !isFileValue(file) || !cv) return item
    if (file.name !== sent.name && addressOf(cv) === this.#addressBefore) return item
    const { size, sha256, name } = sent
    const known = {
      ...(size !== undefined && { size }),
      ...(sha256 !== undefined && { sha256 }),
      ...(file.name !== name && { sentAs: name }),
    }
    return { ...item, values: { ...item.values, file: { ...file, ...known } } }
  }

  facts(): JsonObject {
    return this.#vanished.length > 0 ? { vanished: this.#vanished } : {}
  }
}

/** Without the signature, which is another with every read. */
const addressOf = ({ name, url }: StoredFile): string =>
  `${name} ${url?.replace(/[?#].*$/s, '') ?? ''}`

interface Upload {
  readonly current: ServerItem
  readonly patch: Values
  readonly context: WriteContext
}

async function upload(
  scope: ProfileScope,
  watch: UploadWatch,
  { current, patch, context }: Upload,
): Promise<Result<undefined>> {
  const file = patch.file
  if (file === undefined) return ok(undefined)
  if (!isFileValue(file) || file.spoolId === undefined) {
    return err({ kind: 'refused-input', field: 'file', problem: notRemovable })
  }
  const send = (method: Method) => sendForm(scope, { method, file, current, context })
  const answer = await withFallback(send, resumeRecord(current.wire).cv ? 'PUT' : 'POST')
  if (!answer.ok) {
    // Under a name that was not there before, it is this one that has arrived.
    const isNewName = resumeRecord(current.wire).cv?.name !== file.name
    if (isNewName && isAmbiguous(answer.error)) watch.uploaded(current.wire, file)
    return answer
  }
  watch.uploaded(current.wire, file)
  // What an upload answers is not documented, so the record is read again.
  return ok(undefined)
}

const notRemovable = 'The platform can replace a résumé, not remove it. Choose a file.'

type Method = 'POST' | 'PUT'

/**
 * Servers differ in which of the two they take. Only after a definite refusal, by which nothing was
 * stored, is the other one tried; when both refuse, the first refusal is the one about the file.
 */
async function withFallback(
  send: (method: Method) => Promise<Result<Answer>>,
  method: Method,
): Promise<Result<Answer>> {
  const first = await send(method)
  if (first.ok) return first
  const status = statusOf(first.error)
  if (method === 'PUT') return status === 404 || status === 405 ? send('POST') : first
  if (![400, 405, 409].includes(status ?? 0)) return first
  const second = await send('PUT')
  return !second.ok && wasRefused(second.error) ? first : second
}

const statusOf = (error: AppError): number | undefined =>
  'status' in error ? error.status : undefined

const wasRefused = ({ kind }: AppError): boolean =>
  kind === 'not-found' || kind === 'forbidden' || kind === 'invalid'

interface Form extends Omit<Upload, 'patch'> {
  readonly method: Method
  readonly file: FileValue
}

async function sendForm(
  scope: ProfileScope,
  { method, file, current, context }: Form,
): Promise<Result<Answer>> {
  const content = await scope.spool.open(file.spoolId ?? '')
  if (!content.ok) return content
  const links = resumeRecord(current.wire).links
  const text = (name: string, value: string): FormPart => ({ kind: 'text', name, value })
  return scope.client.write({
    service: 'dm',
    method,
    path: resumePath(scope),
    body: {
      kind: 'form',
      parts: [
        text('user', scope.username),
        text('platform', scope.org),
        {
          kind: 'file',
          name: 'resume',
          filename: file.name,
          type: file.type ?? 'application/pdf',
          size: content.value.size,
          stream: content.value.stream,
        },
        ...links.map((link, index) => text(`link_${index + 1}`, link)),
      ],
    },
    signal: context.signal,
    fieldsOf: (wireKey) => (wireKey === 'resume' || wireKey === 'file' ? ['file'] : []),
    onProgress: context.onProgress,
  })
}
