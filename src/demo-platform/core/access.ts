import { forbidden, notFound, type Answer } from '../http/answer'
import type { Call } from '../http/route'
import type { Person } from '../store/state'

export type Target =
  | { readonly ok: true; readonly org: string; readonly person: Person }
  | { readonly ok: false; readonly answer: Answer }

/** The organisation and person a DM path names, if the caller may work on them. */
export function targetOf(call: Call): Target {
  return targetIn(call, call.param('org'), call.param('username'))
}

/** As `targetOf`, except that an ordinary caller always means themselves. */
export function selfOrTargetOf(call: Call): Target {
  const username = call.caller.admin ? call.param('username') : call.caller.username
  return targetIn(call, call.param('org'), username)
}

export function targetIn(call: Call, org: string, username: string): Target {
  const refused = refusedOrg(call, org)
  if (refused !== undefined) return { ok: false, answer: refused }
  if (!call.caller.admin && call.caller.username !== username) {
    return { ok: false, answer: forbidden() }
  }
  const person = personNamed(call, username)
  return person?.orgs.includes(org) === true
    ? { ok: true, org, person }
    : { ok: false, answer: notFound() }
}

export function refusedOrg(call: Call, org: string): Answer | undefined {
  if (!call.store.state().orgs.includes(org)) return notFound()
  return call.caller.org === org ? undefined : forbidden()
}

export function personNamed(call: Call, username: string): Person | undefined {
  return call.store.state().people.find((person) => person.username === username)
}
