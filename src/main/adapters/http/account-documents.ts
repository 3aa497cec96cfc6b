import type { JsonObject } from '../../../shared/domain/values'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { isObject, own } from './json-read'
import { path } from './path'
import type { Answer } from './requests'
import type { ProfileScope } from './resource-api'

/** No slash at the end: the route stops at the name. */
export const accountPath = (scope: ProfileScope) => path`/api/user/v1/accounts/${scope.username}`

/** The slash stands before the query here. */
export const metadataPath = path`/api/ibl/users/manage/metadata/`

export async function readAccount(
  scope: ProfileScope,
  signal: AbortSignal,
): Promise<Result<JsonObject>> {
  const answer = await scope.client.read({ service: 'lms', path: accountPath(scope), signal })
  if (!answer.ok) return answer
  // Whoever may see an account at all is told whose it is.
  const isAccount = isObject(answer.value.body) && own(answer.value.body, 'username') !== undefined
  return isAccount ? objectFrom(scope, answer.value) : err(strange(scope, answer.value))
}

export async function readMetadata(
  scope: ProfileScope,
  signal: AbortSignal,
): Promise<Result<JsonObject>> {
  const answer = await scope.client.read({
    service: 'lms',
    path: metadataPath,
    query: { username: scope.username },
    signal,
  })
  return answer.ok ? objectFrom(scope, answer.value) : answer
}

/** Sends changed top-level keys; the server merges them and wants the name each time. */
export function writeMetadata(
  scope: ProfileScope,
  changed: JsonObject,
  signal: AbortSignal,
): Promise<Result<Answer>> {
  return scope.client.write({
    service: 'lms',
    method: 'POST',
    path: metadataPath,
    query: { username: scope.username },
    body: { kind: 'json', json: { username: scope.username, ...changed } },
    signal,
    fieldsOf: (wireKey) => (Object.hasOwn(changed, wireKey) ? [wireKey] : []),
  })
}

function objectFrom(scope: ProfileScope, answer: Answer): Result<JsonObject> {
  if (isObject(answer.body) && Object.keys(answer.body).length > 0) return ok(answer.body)
  return err(strange(scope, answer))
}

const strange = (scope: ProfileScope, { status }: Answer): AppError => ({
  kind: 'unexpected-answer',
  reason: 'shape',
  service: 'lms',
  host: scope.client.hostOf('lms'),
  status,
})

/** The account in the answer to a write, when it is there and whole. */
export function wholeAccountIn(answer: Answer): JsonObject | undefined {
  const { body } = answer
  if (!isObject(body)) return undefined
  return own(body, 'username') !== undefined && own(body, 'email') !== undefined ? body : undefined
}

/** Whether a document is not to be had for good, as opposed to not just now. */
export const isDenied = (error: AppError): boolean =>
  ['unauthorized', 'forbidden', 'not-found', 'invalid'].includes(error.kind)
