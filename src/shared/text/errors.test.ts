import { describe, expect, it } from 'vitest'
import type { AppError, ErrorKind } from '../errors'
import { sentenceFor } from './errors'
import type { ErrorContext } from './sentence'

const host = 'api.iblai.app'

const certificateTroubles = [
  'expired',
  'not-yet-valid',
  'wrong-host',
  'self-signed',
  'unknown-issuer',
  'revoked',
] as const
const proxyTroubles = ['password', 'unsupported', 'refused', 'unreachable'] as const

/** A kind left out here does not compile. */
const examples: Readonly<Record<ErrorKind, readonly AppError[]>> = {
  offline: [
    { kind: 'offline' },
    ...(['dns', 'refused', 'tls', 'reset'] as const).map(
      (reason) => ({ kind: 'offline', reason, host }) as const,
    ),
    ...certificateTroubles.map(
      (certificate) => ({ kind: 'offline', reason: 'tls', certificate, host }) as const,
    ),
    ...proxyTroubles.map(
      (trouble) =>
        ({
          kind: 'offline',
          reason: 'proxy',
          proxy: { name: 'gate:3128', trouble },
          host,
        }) as const,
    ),
    { kind: 'offline', reason: 'proxy', host },
  ],
  timeout: [{ kind: 'timeout', host }],
  unauthorized: [{ kind: 'unauthorized', host, detail: 'Token expired.' }],
  forbidden: [
    { kind: 'forbidden', host },
    { kind: 'forbidden', isWithoutToken: true, host },
  ],
  'not-found': [{ kind: 'not-found', host }],
  stale: [{ kind: 'stale' }],
  invalid: [{ kind: 'invalid', fields: { institution: 'Institution not found.' } }],
  duplicate: [
    { kind: 'duplicate', detail: 'Similar memory exists.', status: 409 },
    { kind: 'duplicate' },
  ],
  'rate-limited': [{ kind: 'rate-limited', host, retryAfterMs: 20_000 }],
  server: [{ kind: 'server', host, status: 502 }],
  'unexpected-answer': (['html', 'json', 'shape', 'redirect', 'too-large', 'cut'] as const).map(
    (reason) => ({ kind: 'unexpected-answer', reason, host }),
  ),
  'not-stored': [{ kind: 'not-stored' }],
  storage: (['full', 'read-only', 'denied', 'corrupt', 'failed'] as const).map((reason) => ({
    kind: 'storage',
    reason,
  })),
  keychain: (['missing', 'locked', 'timeout', 'refused'] as const).map((reason) => ({
    kind: 'keychain',
    reason,
  })),
  file: (
    [
      'not-found',
      'not-a-file',
      'empty',
      'too-large',
      'not-pdf',
      'not-image',
      'unreadable',
      'no-settings',
      'several',
      'no-certificate',
      'has-private-key',
      'expired-certificate',
    ] as const
  ).map((reason) => ({ kind: 'file', reason })),
  'refused-input': [{ kind: 'refused-input', field: 'address', problem: 'Use https://.' }],
  'wrong-user': [{ kind: 'wrong-user', actual: 'sami' }],
  cancelled: [{ kind: 'cancelled' }],
  unexpected: [{ kind: 'unexpected', reference: 'E-17' }],
}

const contexts: readonly ErrorContext[] = [
  {},
  { org: 'northwind', action: 'read' },
  { org: 'northwind', action: 'send' },
  { org: 'northwind', action: 'send', isNew: true },
  { org: 'northwind', action: 'file' },
  { host, action: 'connect' },
]

const cases = Object.values(examples)
  .flat()
  .flatMap((error) => contexts.map((context) => [error, context] as const))

describe('sentenceFor', () => {
  it.each(cases)('has whole sentences for %j in %j', (error, context) => {
    const { title, text } = sentenceFor(error, context)
    expect(title).toMatch(/^[A-Za-z].*[^.]$/)
    expect(`${title} ${text}`).not.toMatch(/undefined|\[object|\s\s/)
    if (error.kind !== 'invalid') expect(text).toMatch(/[.”]$/)
  })

  it('quotes the sentence of the server with the name of who said it', () => {
    expect(
      sentenceFor(
        { kind: 'invalid', fields: { institution: 'Institution not found.' } },
        { org: 'northwind' },
      ).text,
    ).toContain('northwind answered: “Institution not found.”')
  })

  it('leaves markup in a server sentence as it is: text', () => {
    const detail = '<script>alert(1)</script>'
    expect(sentenceFor({ kind: 'forbidden', detail }, { org: 'northwind' }).text).toContain(detail)
  })

  it('says what a file starts like', () => {
    expect(sentenceFor({ kind: 'file', reason: 'not-pdf', found: 'a Word file' }).title).toBe(
      'This is not a PDF; it starts like a Word file',
    )
  })

  it('names no limit of ours where the platform refused a file as too large', () => {
    const error = { kind: 'file', reason: 'too-large', status: 413, host } as const
    const { title, text } = sentenceFor(error, { org: 'northwind', action: 'file' })
    expect(title).toBe('northwind takes no file of this size')
    expect(text).not.toContain('25 MiB')
  })

  it('does not blame the token for what the platform cannot do', () => {
    const { title, text } = sentenceFor({ kind: 'forbidden', status: 405, host })
    expect(`${title}. ${text}`).toBe(
      `${host} does not offer this. It is a matter of the platform, not of your token.`,
    )
  })

  it('says where a certificate is chosen, where the person is', () => {
    const error = { kind: 'offline', reason: 'tls', certificate: 'unknown-issuer', host } as const
    expect(sentenceFor(error, { action: 'connect' }).text).toContain('under Advanced')
    expect(sentenceFor(error, { action: 'read' }).text).toContain('in Settings')
  })

  it('tells every trouble with a certificate and a proxy apart', () => {
    const { offline } = examples
    const titles = offline.map((error) => sentenceFor(error).title)
    expect(new Set(titles).size).toBe(titles.length)
  })

  it('promises no second try of an edit that waits for the person', () => {
    const detail = 'https://elsewhere.example/x'
    const error = { kind: 'unexpected-answer', reason: 'redirect', detail, host } as const
    const { text } = sentenceFor(error, { action: 'send' })
    expect(text).toBe(
      `They go to ${detail}. Your edit is kept on this computer. Retry it, or undo it.`,
    )
  })

  it('does not call what was never there gone', () => {
    const error = { kind: 'not-found', detail: 'Institution not found.', host } as const
    const { title, text } = sentenceFor(error, { org: 'northwind', action: 'send', isNew: true })
    expect(`${title}. ${text}`).toBe(
      'northwind found no place for this. northwind answered: “Institution not found.” What it belongs to may be gone: choose that again and save, or undo it. It is kept on this computer.',
    )
  })

  it('names the other person before anything is written', () => {
    expect(sentenceFor({ kind: 'wrong-user', actual: 'sami' }).title).toBe(
      'This token belongs to sami',
    )
  })
})
