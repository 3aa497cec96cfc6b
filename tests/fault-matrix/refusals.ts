import { request, status, throttled, type Row } from './row'

/** The server is there and says no. */
export const refusals: readonly Row[] = [
  {
    id: '400',
    title: '400 with field errors',
    at: {
      kind: 'request',
      fault: ({ refusal }) => ({ kind: 'status', status: 400, body: refusal }),
    },
  },
  { id: '401', title: '401', at: status(401, { detail: 'Invalid token.' }), stopsHost: true },
  { id: '403', title: '403', at: status(403, { detail: 'Not permitted.' }) },
  {
    id: '404',
    title: '404',
    at: {
      kind: 'request',
      // Of a delete it means that the record is gone.
      fault: ({ isDelete }) => ({
        kind: 'status',
        status: 404,
        body: { detail: 'Not found.' },
        commit: isDelete === true,
      }),
    },
  },
  { id: '405', title: '405', at: status(405, { detail: 'Method not allowed.' }) },
  { id: '409', title: '409', at: status(409, { error: 'Already exists.' }) },
  { id: '413', title: '413', at: request({ kind: 'html', status: 413 }) },
  { id: '415', title: '415', at: status(415, { detail: 'Unsupported media type.' }) },
  { id: '422', title: '422', at: status(422, { detail: 'Not like this.' }) },
  { id: '429-seconds', title: '429, Retry-After 20 s', at: throttled('20') },
  {
    id: '429-date',
    title: '429, Retry-After a date',
    at: throttled('Tue, 24 Nov 2026 14:31:00 GMT'),
  },
  { id: '429-none', title: '429 without Retry-After', at: throttled() },
  { id: '429-absurd', title: '429, Retry-After 30 years', at: throttled('1000000000') },
  { id: '429-past', title: '429, Retry-After −5', at: throttled('-5') },
  { id: '500', title: '500', at: status(500, { detail: 'Server error.' }), isAmbiguous: true },
  {
    id: '502',
    title: '502 with a web page',
    at: request({ kind: 'html', status: 502 }),
    isAmbiguous: true,
  },
  {
    id: '503',
    title: '503, Retry-After 20 s',
    at: status(503, undefined, { 'retry-after': '20' }),
  },
]
