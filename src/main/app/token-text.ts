import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { Credential } from '../credential'

/** What comes along when a token is pasted: a variable's name, a header, quotes, invisible signs. */
const invisible = /[\u200B-\u200D\u2060\uFEFF]/g
const leading = /^(?:export\s+)?(?:IBLAI_API_KEY\s*=|(?:Authorization\s*:)?\s*Api-Token\s)\s*/i

/** The token in a pasted text. One that cannot stand in a header is refused before anything is sent. */
export function credentialFrom(text: string): Result<Credential> {
  const token = text
    .replace(invisible, '')
    .trim()
    .replace(leading, '')
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
  if (token === '') return refused('Paste the API token.')
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return refused('A token has only letters, digits and signs, without spaces or line breaks.')
  }
  return ok(new Credential(token))
}

const refused = (problem: string) =>
  err({ kind: 'refused-input', field: 'token', problem } as const)
