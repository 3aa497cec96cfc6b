import { describe, expect, it } from 'vitest'
import { registry } from '../../../shared/domain/sections/registry'
import type { ProbeReport } from '../../../shared/domain/workspace'
import type { AppError } from '../../../shared/errors'
import { refusals } from './report-words'

const host = 'api.example.org'

/** The LMS accepts the token; the other host answers with the error. */
function said(error: AppError): string {
  const report: ProbeReport = {
    services: [
      { service: 'lms', host, isAccepted: true },
      { service: 'dm', host, isAccepted: false, error },
    ],
    sections: registry.shown.map(({ id, service }) => ({
      section: id,
      canRead: service === 'lms',
      canWrite: service === 'lms',
    })),
    keychain: 'stored',
  }
  const [note] = refusals(report, registry.shown)
  return `${note?.title ?? ''}. ${note?.text ?? ''}`
}

const kept = 'It keeps Education, Experience, Résumé and Memory, so these four stay closed for now.'
const rest = 'The token works for the other two.'

describe('what is said of a host that does not take the token', () => {
  it('offers a second token where it is a matter of the token', () => {
    expect(said({ kind: 'unauthorized' })).toBe(
      `The DM host refused this token. ${kept} ${rest} You can add a second token for this host once you are connected.`,
    )
  })

  it('offers none where the organization or the username is unknown', () => {
    expect(said({ kind: 'not-found', host })).toBe(
      `The DM host does not know this organization or username. ${kept} Check how they are spelled. ${rest}`,
    )
  })

  it('says how long a busy host asks to wait', () => {
    expect(said({ kind: 'rate-limited', host, retryAfterMs: 40_000 })).toBe(
      `The DM host could not be asked. ${host} is getting too many requests. ${kept} It asks to wait 40 s. ${rest}`,
    )
  })
})
