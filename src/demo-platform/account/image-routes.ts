import { personNamed } from '../core/access'
import { type Answer, bytes, detail, empty, json, noSuchPage } from '../http/answer'
import { mediaType } from '../http/body'
import { parameter, parseMultipart } from '../http/multipart'
import type { Call, Route } from '../http/route'
import type { Settings } from '../options'
import { drawAvatar } from '../seed/avatar'
import type { Person } from '../store/state'

const MIN_BYTES = 100
const MIB = 1024 * 1024

interface ImageType {
  readonly extensions: readonly string[]
  readonly contentTypes: readonly string[]
  readonly magic: readonly string[]
}

const TYPES: readonly ImageType[] = [
  { extensions: ['jpg', 'jpeg'], contentTypes: ['image/jpeg', 'image/pjpeg'], magic: ['ffd8'] },
  { extensions: ['png'], contentTypes: ['image/png'], magic: ['89504e470d0a1a0a'] },
  { extensions: ['gif'], contentTypes: ['image/gif'], magic: ['474946383961', '474946383761'] },
]

export function imageRoutes({ imageDelete, maxImageBytes }: Settings): readonly Route[] {
  const image = '/lms/api/user/v1/accounts/{username}/image'
  const methods = imageDelete ? { POST: upload, DELETE: remove } : { POST: upload }
  return [
    { service: 'lms', path: image, maxBytes: maxImageBytes * 2 + MIB, methods },
    {
      service: 'lms',
      path: '/lms/api/profile_images/v1/{username}/remove',
      methods: { POST: remove },
    },
    { service: 'open', path: '/lms/media/profile-images/{name}', methods: { GET: serve } },
    { service: 'open', path: '/lms/static/images/profiles/{name}', methods: { GET: serveDefault } },
  ]
}

interface Upload {
  readonly filename: string
  readonly contentType: string
  readonly content: Buffer
}

function refuse(status: number, message: string): Answer {
  return json(status, { developer_message: message, user_message: message })
}

function ownPerson(call: Call): Person | undefined {
  if (call.param('username') !== call.caller.username) return undefined
  return personNamed(call, call.caller.username)
}

const foreign = (): Answer =>
  json(403, { developer_message: 'You do not have permission to perform this action.' })

function upload(call: Call): Answer {
  const person = ownPerson(call)
  if (person === undefined) return foreign()
  const sent = readUpload(call)
  if (!sent.ok) return sent.answer
  const problem = checkUpload(sent.upload, call.settings)
  if (problem !== undefined) return refuse(400, problem)
  if (person.year_of_birth === null && call.settings.parentalImage === 'refuse') {
    return refuse(
      400,
      'A profile image needs a year of birth: this account is under parental controls.',
    )
  }
  const blob = call.store.newBlob(sent.upload.content)
  const version = Math.max(Math.floor(call.settings.now() / 1000), (person.image?.version ?? 0) + 1)
  person.image = { blob, version, extension: extensionOf(sent.upload.filename) }
  return empty(204)
}

type Sent =
  { readonly ok: true; readonly upload: Upload } | { readonly ok: false; readonly answer: Answer }

function readUpload(call: Call): Sent {
  const type = mediaType(call.contentType)
  if (TYPES.some(({ contentTypes }) => contentTypes.includes(type))) {
    const filename = parameter(call.disposition, 'filename') ?? ''
    return { ok: true, upload: { filename, contentType: type, content: call.body } }
  }
  if (type !== 'multipart/form-data') {
    const message = `Unsupported media type "${call.contentType}" in request.`
    return { ok: false, answer: json(415, { developer_message: message }) }
  }
  const parts = parseMultipart(call.contentType, call.body)
  if (parts === undefined) return { ok: false, answer: detail(400, 'Multipart form parse error') }
  const part = parts.find(({ name, filename }) => name === 'file' && filename !== undefined)
  if (part === undefined)
    return { ok: false, answer: refuse(400, 'No file provided for profile image') }
  const filename = part.filename ?? ''
  return {
    ok: true,
    upload: { filename, contentType: mediaType(part.contentType), content: part.content },
  }
}

function extensionOf(filename: string): string {
  return /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? ''
}

function checkUpload(
  { filename, contentType, content }: Upload,
  settings: Settings,
): string | undefined {
  if (content.length > settings.maxImageBytes) {
    return `The file must be smaller than ${String(settings.maxImageBytes / MIB)} MB in size.`
  }
  if (content.length < MIN_BYTES)
    return `The file must be at least ${String(MIN_BYTES)} bytes in size.`
  const byType = TYPES.find(({ contentTypes }) => contentTypes.includes(contentType))
  const byName = TYPES.find(({ extensions }) => extensions.includes(extensionOf(filename)))
  if (byType === undefined || byName === undefined) {
    return 'The file must be one of the following types: .gif, .png, .jpeg, .jpg.'
  }
  const head = content.toString('hex', 0, 8)
  const corrupt = 'does not match the file data. The file may be corrupted.'
  if (!byName.magic.some((magic) => head.startsWith(magic))) {
    return `The file name extension for this file ${corrupt}`
  }
  return byType === byName ? undefined : `The Content-Type header for this file ${corrupt}`
}

function remove(call: Call): Answer {
  const person = ownPerson(call)
  if (person === undefined) return foreign()
  person.image = null
  return empty(204)
}

/** One picture stands in for the four sizes: scaling is not this room's business. */
function serve(call: Call): Answer {
  const [, blob = '', extension = ''] = /^(.+)_\d+\.(\w+)$/.exec(call.param('name')) ?? []
  const content = call.store.state().people.some(({ image }) => image?.blob === blob)
    ? call.store.blobs.get(blob)
    : undefined
  const type = TYPES.find(({ extensions }) => extensions.includes(extension))?.contentTypes[0]
  if (content === undefined || type === undefined) return noSuchPage()
  return bytes(content, { 'content-type': type })
}

function serveDefault(): Answer {
  return bytes(drawAvatar(), { 'content-type': 'image/png' })
}
