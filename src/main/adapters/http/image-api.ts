import type { FileValue } from '../../../shared/domain/values'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { WriteContext } from '../../../shared/sync/ports'
import { path } from './path'
import type { Answer } from './requests'
import type { ProfileScope } from './resource-api'

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
}

/** Which field a refusal of the picture stands at. */
export interface PhotoWrite {
  readonly field: string
  readonly file: FileValue | null
}

export async function writePhoto(
  scope: ProfileScope,
  write: PhotoWrite,
  context: WriteContext,
): Promise<Result<void>> {
  const answer = write.file
    ? await upload(scope, { field: write.field, file: write.file }, context)
    : await removePhoto(scope, context)
  return answer.ok ? ok(undefined) : answer
}

const imagePath = (scope: ProfileScope) => path`/api/user/v1/accounts/${scope.username}/image`

async function upload(
  scope: ProfileScope,
  { field, file }: { readonly field: string; readonly file: FileValue },
  context: WriteContext,
): Promise<Result<Answer>> {
  if (file.spoolId === undefined) {
    return err({ kind: 'refused-input', field, problem: 'Choose a picture first.' })
  }
  const content = await scope.spool.open(file.spoolId)
  if (!content.ok) return content
  // The server wants the ending, the declared type and the bytes to agree.
  const type = file.type ?? 'image/jpeg'
  const answer = await scope.client.write({
    service: 'lms',
    method: 'POST',
    path: imagePath(scope),
    body: {
      kind: 'form',
      parts: [
        {
          kind: 'file',
          name: 'file',
          filename: `photo.${extensions[type] ?? 'jpg'}`,
          type,
          size: content.value.size,
          stream: content.value.stream,
        },
      ],
    },
    signal: context.signal,
    onProgress: context.onProgress,
  })
  if (answer.ok || answer.error.kind !== 'invalid') return answer
  const { detail } = answer.error
  return err({ ...answer.error, ...(detail !== undefined && { fields: { [field]: detail } }) })
}

/** Older deployments have only the deprecated route. */
async function removePhoto(scope: ProfileScope, context: WriteContext): Promise<Result<Answer>> {
  const common = { service: 'lms' as const, signal: context.signal }
  const answer = await scope.client.write({
    ...common,
    method: 'DELETE',
    path: imagePath(scope),
  })
  const status = answer.ok || !('status' in answer.error) ? undefined : answer.error.status
  if (status !== 404 && status !== 405) return answer
  return scope.client.write({
    ...common,
    method: 'POST',
    path: path`/api/profile_images/v1/${scope.username}/remove`,
  })
}
