import type { AppError } from '../../src/shared/errors'
import { sentenceFor } from '../../src/shared/text/errors'
import type { ErrorContext } from '../../src/shared/text/sentence'
import type { Cell } from './cell'

/** Every failure has words a person can read: what happened and what becomes of their edit. */
export function checkSentence(
  { check, world }: Cell,
  error: AppError,
  action: NonNullable<ErrorContext['action']>,
): void {
  const { title, text } = sentenceFor(error, { org: 'northwind', action })
  const words = `${title} ${text}`
  check('has a sentence', title.length > 3 && text.length > 3)
  check('without markup', !/<[a-z!/]/i.test(words))
  check('without the token', !words.includes(world.platform.token))
  check('is no bug', error.kind !== 'unexpected' && error.kind !== 'storage')
}

/** The kind and what tells it apart, as it stands in the table. */
export const nameOf = (error: AppError): string =>
  'reason' in error ? `${error.kind} (${error.reason})` : error.kind
