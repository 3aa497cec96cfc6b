import { booleanIn, isObject } from './json-read'
import { path } from './path'
import type { ProfileScope } from './resource-api'

/** The organisation's own memory switch; `undefined` where it cannot be asked. */
export async function readGate(
  scope: ProfileScope,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const answer = await scope.client.read({
    service: 'dm',
    path: path`/api/ai-mentor/orgs/${scope.org}/users/${scope.username}/memsearch-status/`,
    signal,
    tries: 1,
  })
  if (!answer.ok || !isObject(answer.value.body)) return undefined
  return booleanIn(answer.value.body, 'enable_memsearch')
}
