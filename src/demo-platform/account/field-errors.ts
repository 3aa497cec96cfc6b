import { pythonRepr, type JsonRecord } from '../json'

export interface FieldError {
  readonly developer_message: string
  readonly user_message: string
}

const INVALID = 'This value is invalid.'

export function readOnlyError(name: string): FieldError {
  return {
    developer_message: 'This field is not editable via this API',
    user_message: `The '${name}' field cannot be edited.`,
  }
}

/** What a serializer says: the reason is for developers, the user hears only that it is wrong. */
export function valueError(
  name: string,
  value: unknown,
  reason: unknown,
  user = INVALID,
): FieldError {
  const reasons = pythonRepr(Array.isArray(reason) ? reason : [reason])
  return {
    developer_message: `Value '${typeof value === 'string' ? value : pythonRepr(value)}' is not valid for field '${name}': ${reasons}`,
    user_message: user,
  }
}

export function raisedError(source: string, message: string): FieldError {
  return { developer_message: `Error thrown from ${source}: '${message}'`, user_message: message }
}

export function fieldErrorsBody(errors: ReadonlyMap<string, FieldError>): JsonRecord {
  return { field_errors: Object.fromEntries(errors) }
}
