import type { Finding, FindingKind } from './conformance'

/** Where the real platform, as its own clients meet it, differs from its published document. */
export interface Deviation {
  readonly kind: FindingKind
  /** Tested against the operation's name. */
  readonly operation: RegExp
  /** Tested against the finding's detail. */
  readonly detail: RegExp
  /** Why we side against the document. */
  readonly reason: string
}

export const DEVIATIONS: readonly Deviation[] = [
  {
    kind: 'response-body',
    operation: /^GET \/api\/career\/orgs\/\{org\}\/\w+\/users\//,
    detail: /^ must be object$/,
    reason:
      'The four career lists are arrays. The document declares one object, which its generator does for every ' +
      'plain view; the vendor’s own web clients iterate over the answer.',
  },
  {
    kind: 'undeclared-query',
    operation: /^(PUT|DELETE) \/api\/career\/orgs\/\{org\}\/\w+\/users\//,
    detail: /^id$/,
    reason:
      'A career record is named by ?id= on PUT and DELETE. The document declares no way at all to name one.',
  },
  {
    kind: 'request-body',
    operation: /^PUT \/api\/career\/orgs\/\{org\}\/\w+\/users\//,
    detail: /^\/id has no place on this side$/,
    reason:
      'The body of a career PUT carries the id, as the platform’s profile instructions say. The document marks it read-only ' +
      'for POST and PUT alike, as both share one serializer. Sent in both places, it reaches either kind of server.',
  },
  {
    kind: 'undeclared-response-body',
    operation: /^(GET|POST|PUT) \/api\/career\/resume\//,
    detail: /^200$/,
    reason:
      'The résumé has a body: files and links. The document leaves it out; both vendor web apps read it.',
  },
  {
    kind: 'undeclared-request-body',
    operation: /^(POST|PUT) \/api\/career\/resume\//,
    detail: /^multipart\/form-data$/,
    reason:
      'A résumé is uploaded as multipart/form-data. The document declares an upload without a body.',
  },
  {
    kind: 'undeclared-path',
    operation: /\/memsearch-(settings|status)\/$/,
    detail: /./,
    reason:
      'The two memory switches and the organisation’s gate are newer than this edition of the document; ' +
      'the platform’s Python client, generated from a later edition, has them.',
  },
  {
    kind: 'undeclared-path',
    operation: /\/(mentor|global)-memories(-list)?\/|\/mentors\/[^/]+\/memory-categories\//,
    detail: /./,
    reason:
      'Mentor memories, global memories and a mentor’s categories replaced the older memories after this edition.',
  },
  {
    kind: 'undeclared-path',
    operation: /\/core\/users\/platform-metadata\/$/,
    detail: /./,
    reason: 'The key-value store per person and organisation is newer than this edition.',
  },
  {
    kind: 'undeclared-response-body',
    operation: /^GET .*\/users\/\{user_id\}\/memory-categories\/$/,
    detail: /^200$/,
    reason:
      'The older category names come in a body, which the document shows as a sample but does not declare.',
  },
  {
    kind: 'response-body',
    operation: /^GET \/api\/core\/platform\/users\/$/,
    detail: /^\/(next|previous)_page must be integer$/,
    reason:
      'There is no page before the first, so the page number is null there, which the document forgets.',
  },
  {
    kind: 'undeclared-status',
    operation: /./,
    detail: /^(400|401|403|404)$/,
    reason:
      'Refusals. The document declares error statuses for few operations; the framework answers them everywhere.',
  },
]

export function explains(deviation: Deviation, finding: Finding): boolean {
  return (
    deviation.kind === finding.kind &&
    deviation.operation.test(finding.operation) &&
    deviation.detail.test(finding.detail)
  )
}

export function unexplained(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => !DEVIATIONS.some((deviation) => explains(deviation, finding)))
}
