import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { Credential } from '../credential'

/** What comes along when a token is pasted: a variable's name, a header, quotes, invisible signs. */
const invisible = /[\u200B-\u200D\u2060\uFEFF]/g
const assignment = /^(?:export\s+)?IBLAI_API_KEY\s*=\s*/i
const headerName = /^Authorization\s*:\s*/i
const schemes = ['Api-Token', 'JWT', 'Bearer'] as const
const schemeBefore = /^(Api-Token|JWT|Bearer)(?:\s+|$)/i

interface Pasted {
  readonly scheme: (typeof schemes)[number] | undefined
  readonly secret: string
}

/** The token in a pasted text. One that cannot stand in a header is refused before anything is sent. */
export function credentialFrom(text: string): Result<Credential> {
  const pasted = parsed(text)
  if (!pasted.ok) return pasted
  const { scheme, secret } = pasted.value
  // The usual scheme goes without saying.
  const isUsual = scheme === undefined || scheme === 'Api-Token'
  return ok(new Credential(isUsual ? secret : `${scheme} ${secret}`))
}

/** The same for a token of one host, where no scheme is the usual one: what was pasted is kept. */
export function ownCredentialFrom(text: string): Result<Credential> {
  const pasted = parsed(text)
  if (!pasted.ok) return pasted
  const { scheme, secret } = pasted.value
  return ok(new Credential(scheme === undefined ? secret : `${scheme} ${secret}`))
}

function parsed(text: string): Result<Pasted> {
  const line = unquoted(
    text.replace(invisible, '').trim().replace(assignment, '').replace(headerName, ''),
  ).replace(headerName, '')
  const named = schemeBefore.exec(line)?.[1]?.toLowerCase()
  const scheme = schemes.find((name) => name.toLowerCase() === named)
  const secret = unquoted(line.replace(schemeBefore, ''))
  if (secret === '') return refused('Paste the API token.')
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    return refused('A token has only letters, digits and signs, without spaces or line breaks.')
  }
  return ok({ scheme, secret })
}

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/s, '$2').trim()

const refused = (problem: string) =>
  err({ kind: 'refused-input', field: 'token', problem } as const)
