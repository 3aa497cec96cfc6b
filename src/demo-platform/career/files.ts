import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Answer, bytes, noSuchPage, text } from '../http/answer'
import type { Call, Route } from '../http/route'
import type { StoredFile } from '../store/state'

const PREFIX = '/media/career-files/'

/** Files carry their permission in the address; a credential is neither asked for nor wanted. */
export const fileRoutes: readonly Route[] = [
  { service: 'open', path: `${PREFIX}{blob}/{name}`, methods: { GET: serve } },
]

export function fileUrl(file: StoredFile, call: Call): string {
  const expires = String(call.settings.now() + call.settings.fileUrlMs)
  const name = file.name.split('/').at(-1) ?? file.name
  const path = `${PREFIX}${file.blob}/${encodeURIComponent(name)}`
  const target = `${path}?expires=${expires}&sig=${sign(file.blob, expires, call)}`
  return call.settings.files === 'relative' ? target : call.filesOrigin + target
}

function sign(blob: string, expires: string, call: Call): string {
  return createHmac('sha256', call.store.state().signingKey)
    .update(`${blob} ${expires}`)
    .digest('hex')
}

function serve(call: Call): Answer {
  const blob = call.param('blob')
  const expires = call.query.get('expires') ?? ''
  const expected = Buffer.from(sign(blob, expires, call))
  const given = Buffer.from(call.query.get('sig') ?? '')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return denied('SignatureDoesNotMatch')
  }
  if (Number(expires) < call.settings.now()) return denied('AccessDenied: Request has expired')
  const files = call.store.state().resumes.flatMap((resume) => resume.files)
  const file = files.find((candidate) => candidate.blob === blob)
  const content = file === undefined ? undefined : call.store.blobs.get(blob)
  if (file === undefined || content === undefined) return noSuchPage()
  return bytes(content, {
    'content-type': file.contentType,
    'last-modified': new Date(file.modifiedAt).toUTCString(),
    'accept-ranges': 'none',
  })
}

function denied(code: string): Answer {
  return text(403, `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`, 'application/xml')
}
