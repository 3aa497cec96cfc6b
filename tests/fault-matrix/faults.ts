import { refusals } from './refusals'
import { lateBy, led, lookup, redirect, request, status, type Row } from './row'

const network: readonly Row[] = [
  { id: 'offline', title: 'Offline', at: { kind: 'offline' } },
  { id: 'dns-none', title: 'Name not found (NXDOMAIN)', at: lookup('ENOTFOUND') },
  { id: 'dns-silent', title: 'Name server silent', at: lookup('never'), isSlow: true },
  { id: 'refused', title: 'Connection refused', at: led(({ closed }) => closed) },
  {
    id: 'unanswered',
    title: 'Connection never answered',
    at: led(({ blackHole }) => blackHole),
    isSlow: true,
  },
  {
    id: 'tls-expired',
    title: 'Certificate expired',
    at: led(({ badCertificate }) => badCertificate.expired),
    isTls: true,
  },
  {
    id: 'tls-other-host',
    title: 'Certificate of another host',
    at: led(({ badCertificate }) => badCertificate.wrongHost),
    isTls: true,
  },
  {
    id: 'tls-self-signed',
    title: 'Certificate self-signed',
    at: led(({ badCertificate }) => badCertificate.selfSigned),
    isTls: true,
  },
  {
    id: 'tls-stalled',
    title: 'TLS handshake stalls',
    at: led(({ silent }) => silent),
    isTls: true,
    isSlow: true,
  },
]

const connection: readonly Row[] = [
  {
    id: 'reset-early',
    title: 'Reset on arrival',
    at: request({ kind: 'reset-on-arrival' }),
    isAmbiguous: true,
  },
  {
    id: 'reset-before',
    title: 'Reset before it is carried out',
    at: request({ kind: 'reset-before-commit' }),
    isAmbiguous: true,
  },
  {
    id: 'reset-after',
    title: 'Reset after it is carried out',
    at: request({ kind: 'reset-after-commit' }),
    isAmbiguous: true,
  },
  {
    id: 'idle-closed',
    title: 'Kept connection closed as it is used',
    at: request({ kind: 'end-on-arrival' }),
    times: 1,
    isAmbiguous: true,
  },
  {
    id: 'no-headers',
    title: 'No answer',
    at: request({ kind: 'hang' }),
    isSlow: true,
    sticksUploads: true,
    isAmbiguous: true,
  },
  {
    id: 'slow-headers',
    title: 'Headers drip',
    at: request({ kind: 'slow-headers', pauseMs: 90 }),
    isSlow: true,
    sticksUploads: true,
    isAmbiguous: true,
  },
  {
    id: 'body-stalls',
    title: 'Body stalls midway',
    at: request({ kind: 'stalled-body', bytes: 5 }),
    isSlow: true,
    sticksUploads: true,
    isAmbiguous: true,
  },
  {
    id: 'late-5',
    title: 'Carried out 5 s after the connection broke',
    at: lateBy(5_000),
    times: 1,
    isAmbiguous: true,
  },
  {
    id: 'late-25',
    title: 'Carried out 25 s after',
    at: lateBy(25_000),
    times: 1,
    isAmbiguous: true,
  },
  {
    id: 'late-60',
    title: 'Carried out 60 s after',
    at: lateBy(60_000),
    times: 1,
    isAmbiguous: true,
    mayDouble: true,
  },
]

const answers: readonly Row[] = [
  {
    id: 'cut-length',
    title: 'Body shorter than its length',
    at: request({ kind: 'truncated-json', framing: 'declared' }),
    isAmbiguous: true,
  },
  {
    id: 'cut-chunked',
    title: 'Chunked body cut off',
    at: request({ kind: 'truncated-json', framing: 'chunked' }),
    isAmbiguous: true,
  },
  {
    id: 'cut-json',
    title: 'Half of the JSON, well framed',
    at: request({ kind: 'truncated-json', framing: 'complete' }),
    isAmbiguous: true,
  },
  {
    id: '200-html',
    title: '200 with a web page',
    at: request({ kind: 'html', status: 200 }),
    isAmbiguous: true,
  },
  { id: '200-empty', title: '200 empty, not carried out', at: status(200), isAmbiguous: true },
  {
    id: '204',
    title: '204, carried out',
    at: request({ kind: 'status', status: 204, commit: true }),
    isAmbiguous: true,
  },
  {
    id: 'type',
    title: 'Wrong content type',
    at: request({ kind: 'wrong-type', contentType: 'text/plain' }),
  },
  {
    id: 'charset',
    title: 'UTF-16 instead of UTF-8',
    at: request({ kind: 'charset', charset: 'utf-16le' }),
    isAmbiguous: true,
  },
  {
    id: 'shape-object',
    title: 'JSON object of another kind',
    at: status(200, { value: [1] }),
    isAmbiguous: true,
  },
  {
    id: 'shape-list',
    title: 'JSON list of another kind',
    at: status(200, [1, 'two']),
    isAmbiguous: true,
  },
  {
    id: 'huge',
    title: 'Endless body',
    at: request({ kind: 'huge-body', bytes: 18_000_000 }),
    isAmbiguous: true,
  },
  { id: '301-same', title: '301 on the same host', at: redirect(301, 'same') },
  { id: '302-other', title: '302 to another host', at: redirect(302, 'other') },
  { id: '307-same', title: '307 on the same host', at: redirect(307, 'same') },
  { id: '307-other', title: '307 to another host', at: redirect(307, 'other') },
]

export const groups: readonly { readonly title: string; readonly rows: readonly Row[] }[] = [
  { title: 'The host is not reached', rows: network },
  { title: 'The connection fails', rows: connection },
  { title: 'The answer is none', rows: answers },
  { title: 'The server says no', rows: refusals },
]

export const rows: readonly Row[] = groups.flatMap((group) => group.rows)
