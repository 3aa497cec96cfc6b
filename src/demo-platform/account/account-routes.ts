import { personNamed } from '../core/access'
import { type Answer, empty, failure, html, json, unsupported } from '../http/answer'
import { parseObject } from '../http/body'
import type { Call, Route } from '../http/route'
import { applyAccount } from './apply'
import { fieldErrorsBody } from './field-errors'
import { ownView, sharedView } from './read'
import { checkAccount, killsServer } from './validate'

const MERGE_PATCH = 'application/merge-patch+json'

/** No trailing slash on any of these: with one the path is unknown. */
export const accountRoutes: readonly Route[] = [
  {
    service: 'lms',
    path: '/lms/api/user/v1/me',
    methods: { GET: (call) => json(200, { username: call.caller.username }) },
  },
  {
    service: 'lms',
    path: '/lms/api/user/v1/accounts/{username}',
    methods: { GET: readAccount, PATCH: patchAccount },
  },
]

function readAccount(call: Call): Answer {
  const person = personNamed(call, call.param('username'))
  if (person === undefined) return empty(404)
  const own = person.username === call.caller.username && call.query.get('view') !== 'shared'
  return json(200, own ? ownView(person, call) : sharedView(person, call))
}

function patchAccount(call: Call): Answer {
  // The whole header value is compared: a charset suffix is another type.
  if (call.contentType !== MERGE_PATCH) return unsupported(call.contentType)
  const person = personNamed(call, call.param('username'))
  if (person?.username !== call.caller.username) {
    return empty(call.settings.foreignAccount)
  }
  const body = parseObject(call.body)
  if (!body.ok) return body.answer
  if (killsServer(body.value)) return html(500, 'Server Error (500)')
  const { settings } = call
  const errors = checkAccount(body.value, { person, settings })
  if (errors.size > 0) return json(400, fieldErrorsBody(errors))
  if ('email' in body.value && settings.emailChanges !== 'allowed') return refuseEmail(call)
  applyAccount(person, body.value, { state: call.store.state(), settings })
  return settings.patchAnswer === 204 ? empty(204) : json(200, ownView(person, call))
}

function refuseEmail({ settings }: Call): Answer {
  if (settings.emailChanges === 'throttled') return failure(429, 'Too many requests')
  const developer_message = 'Email address changes have been disabled by the site operators.'
  return json(400, { developer_message, user_message: null })
}
