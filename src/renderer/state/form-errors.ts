import type { AppError } from '../../shared/errors'

/** Sentences by field, where an error names fields. */
export function fieldsOfError(error: AppError): Readonly<Record<string, string>> {
  if (error.kind === 'refused-input') return { [error.field]: error.problem }
  return error.kind === 'invalid' ? error.fields : {}
}

/** A refused field is forgiven once it is typed over. */
export function withoutField(error: AppError | undefined, key: string): AppError | undefined {
  if (error?.kind === 'refused-input' && error.field === key) return undefined
  if (error?.kind !== 'invalid' || !(key in error.fields)) return error
  const fields = Object.fromEntries(Object.entries(error.fields).filter(([name]) => name !== key))
  return Object.keys(fields).length === 0 ? undefined : { ...error, fields }
}
