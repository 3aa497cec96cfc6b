import type { AppError, StorageTrouble } from './errors'

const troubles: Readonly<Record<string, StorageTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
}

/** What a failed file operation means for the person. */
export function storageError(cause: unknown): AppError {
  const code = errorCode(cause)
  return { kind: 'storage', reason: (code && troubles[code]) || 'failed' }
}

/** Node's error code, such as `ENOENT`; `undefined` for anything else. */
export function errorCode(cause: unknown): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : undefined
}
