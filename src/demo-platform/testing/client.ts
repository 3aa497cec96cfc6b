import { parseJson } from '../json'
import type { Platform } from '../platform'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined when it is not JSON. */
  readonly body: unknown
}

export interface TestClient {
  readonly get: (path: string) => Promise<Reply>
  readonly send: (method: string, path: string, body?: unknown, type?: string) => Promise<Reply>
  readonly form: (method: string, path: string, parts: readonly FormPart[]) => Promise<Reply>
  readonly raw: (path: string, init: RequestInit) => Promise<Reply>
}

export type FormPart =
  | readonly [name: string, value: string]
  | readonly [name: string, content: Uint8Array, filename: string, type: string]

/** A client of the tests' own, on purpose nothing like the product's. */
export function connect(platform: Platform, token = platform.token): TestClient {
  const raw = async (path: string, init: RequestInit): Promise<Reply> => {
    const authorization = token === '' ? {} : { authorization: `Api-Token ${token}` }
    const headers = { ...authorization, ...Object.fromEntries(new Headers(init.headers)) }
    const url = new URL(path, platform.origin)
    const response = await fetch(url, { redirect: 'manual', ...init, headers })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: parseJson(text)?.value,
    }
  }
  return {
    raw,
    get: (path) => raw(path, {}),
    send: (method, path, body, type = 'application/json') => {
      if (body === undefined) return raw(path, { method })
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return raw(path, { method, body: text, headers: { 'content-type': type } })
    },
    form: (method, path, parts) => raw(path, { method, body: toForm(parts) }),
  }
}

function toForm(parts: readonly FormPart[]): FormData {
  const form = new FormData()
  for (const part of parts) {
    if (part.length === 2) form.append(part[0], part[1])
    else form.append(part[0], new Blob([Buffer.from(part[1])], { type: part[3] }), part[2])
  }
  return form
}

export const ACCOUNT = '/lms/api/user/v1/accounts/noor.haddad'
export const METADATA = '/lms/api/ibl/users/manage/metadata/'
export const MERGE_PATCH = 'application/merge-patch+json'
export const career = (kind: string, username = 'noor.haddad', org = 'northwind'): string =>
  `/dm/api/career/orgs/${org}/${kind}/users/${username}/`
export const RESUME = '/dm/api/career/resume/orgs/northwind/users/noor.haddad/'
export const MENTOR_USER = '/dm/api/ai-mentor/orgs/northwind/users/noor.haddad'
