import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import { defaultPlatformAddress } from '../../shared/domain/workspace'
import type { FoundConnection } from './ports'
import { credentialFrom } from './token-text'

/** The names under which the platform's own login step leaves a connection. */
export interface ConnectionVariables {
  readonly IBLAI_ORG?: string | undefined
  readonly IBLAI_USERNAME?: string | undefined
  readonly IBLAI_API_KEY?: string | undefined
  readonly IBLAI_BASE_URL?: string | undefined
}

/** A connection from variables; `undefined` when none of them is set. */
export function connectionFrom(variables: ConnectionVariables): FoundConnection | undefined {
  const { IBLAI_ORG: org, IBLAI_USERNAME: username, IBLAI_API_KEY: token } = variables
  const address = variables.IBLAI_BASE_URL
  if (!org && !username && !token && !address) return undefined
  const credential = token ? credentialFrom(token) : undefined
  return {
    org: org ?? '',
    username: username ?? '',
    address: address || defaultPlatformAddress,
    hasAddress: Boolean(address),
    ...(credential?.ok && { credential: credential.value }),
  }
}

/** Reads `KEY=value` lines as shells and dotenv do: comments, `export`, single or double quotes. */
export function parseEnvFile(text: string): Result<FoundConnection> {
  const variables: Record<string, string> = {}
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const match = /^\s*(?:export\s+)?(IBLAI_[A-Z_]+)\s*=\s*(.*)$/.exec(line)
    if (match?.[1] !== undefined) variables[match[1]] = unquoted(match[2] ?? '')
  }
  const found = connectionFrom(variables)
  return found ? ok(found) : err({ kind: 'file', reason: 'no-settings' })
}

function unquoted(text: string): string {
  const quoted = /^(["'])(.*?)\1/.exec(text)
  if (quoted) return quoted[2] ?? ''
  return text.replace(/(^|\s+)#.*$/, '').trim()
}
