import { targetOf } from '../core/access'
import {
  type Answer,
  detail,
  empty,
  failure,
  html,
  json,
  notFound,
  unsupported,
} from '../http/answer'
import { mediaType } from '../http/body'
import { type Part, parseMultipart } from '../http/multipart'
import type { Call, Handler, Route } from '../http/route'
import type { JsonRecord } from '../json'
import type { Settings } from '../options'
import type { Person, Resume, StoredFile } from '../store/state'
import { fileUrl } from './files'
import { idOf, userInfo } from './render'

/** What the form around a file of the largest size may add. */
const FORM_ROOM_BYTES = 1024 * 1024

export function resumeRoutes(settings: Settings): readonly Route[] {
  const methods: Record<string, Handler> = { GET: read, POST: create }
  if (settings.resumePut) methods['PUT'] = replace
  return [
    {
      service: 'dm',
      path: '/dm/api/career/resume/orgs/{org}/users/{username}/',
      maxBytes: settings.maxResumeBytes + FORM_ROOM_BYTES,
      methods,
    },
  ]
}

function stored(call: Call): Resume | undefined {
  const owner = call.param('username')
  return call.store
    .state()
    .resumes.find(({ org, username }) => org === call.param('org') && username === owner)
}

function read(call: Call): Answer {
  const target = targetOf(call)
  if (!target.ok) return target.answer
  const resume = stored(call)
  return resume === undefined
    ? none(target.person, call)
    : json(200, render(resume, target.person, call))
}

function none(person: Person, call: Call): Answer {
  switch (call.settings.resumeNone) {
    case '404':
      return notFound()
    case 'object':
      return json(200, {})
    case 'files':
      return json(200, {
        id: 77,
        user: person.id,
        platform: call.param('org'),
        files: [],
        links: [],
      })
    case 'array':
      return json(200, [])
    case 'null':
      return json(200, null)
    case 'empty':
      return empty(200)
  }
}

function render(resume: Resume, person: Person, call: Call): JsonRecord {
  return {
    id: idOf(resume.id, call),
    user: person.id,
    user_info: userInfo(person),
    platform: resume.org,
    files: resume.files.map((file) => ({
      name: file.name,
      url: fileUrl(file, call),
      type: file.type,
    })),
    links: resume.links.map((url) => ({ url })),
  }
}

interface Form {
  readonly files: readonly StoredFile[]
  readonly links: readonly string[]
}

type Read =
  | { readonly ok: true; readonly form: Form; readonly person: Person }
  | { readonly ok: false; readonly answer: Answer }

function readForm(call: Call): Read {
  const target = targetOf(call)
  if (!target.ok) return target
  if (mediaType(call.contentType) !== 'multipart/form-data') {
    return { ok: false, answer: unsupported(call.contentType) }
  }
  const parts = parseMultipart(call.contentType, call.body)
  if (parts === undefined) return { ok: false, answer: detail(400, 'Multipart form parse error') }
  const problem = checkParts(parts, call)
  if (problem !== undefined) return { ok: false, answer: problem }
  return { ok: true, form: toForm(parts, target.person, call), person: target.person }
}

function checkParts(parts: readonly Part[], call: Call): Answer | undefined {
  const errors: Record<string, readonly string[]> = {}
  const expected = { user: call.param('username'), platform: call.param('org') }
  for (const [name, value] of Object.entries(expected)) {
    const sent = parts.find((part) => part.name === name)?.content.toString('utf8')
    if (sent === undefined) errors[name] = ['This field is required.']
    else if (sent !== value) errors[name] = [`"${sent}" is not the ${name} of this address.`]
  }
  const resume = parts.find((part) => part.name === 'resume')
  if (resume !== undefined && resume.filename === undefined) {
    errors['resume'] = ['The submitted data was not a file. Check the encoding type on the form.']
  }
  if (resume?.filename !== undefined && resume.content.length === 0) {
    errors['resume'] = ['The submitted file is empty.']
  }
  if (Object.keys(errors).length > 0) return json(400, errors)
  const limit = call.settings.maxResumeBytes
  const tooLarge = parts.some(({ content }) => content.length > limit)
  return tooLarge ? html(413, '413 Request Entity Too Large') : undefined
}

function toForm(parts: readonly Part[], person: Person, call: Call): Form {
  const keep = (part: Part, name: string, type: string): StoredFile => ({
    blob: call.store.newBlob(Buffer.from(part.content)),
    name,
    type,
    contentType: part.contentType,
    modifiedAt: call.timestamp(),
  })
  const label = (filename: string): string =>
    parts.find(({ name }) => name === `file_type_${filename}`)?.content.toString('utf8') ?? 'other'
  const files = parts.flatMap((part): readonly StoredFile[] => {
    const filename = part.filename?.split(/[/\\]/).at(-1)
    if (filename === undefined) return []
    if (part.name === 'resume') {
      return [keep(part, `resumes/${String(person.id)}/${filename}`, 'resume')]
    }
    return part.name === 'additional_files' ? [keep(part, filename, label(filename))] : []
  })
  const links = parts
    .filter(({ name }) => /^link_\d+$/.test(name))
    .map(({ content }) => content.toString('utf8'))
  return { files, links }
}

function create(call: Call): Answer {
  const before = stored(call)
  if (before !== undefined && call.settings.resumeAgain !== 'replace') {
    const target = targetOf(call)
    if (!target.ok) return target.answer
    const conflict = call.settings.resumeAgain === 'conflict'
    return failure(conflict ? 409 : 400, 'A resume for this user already exists.')
  }
  const sent = readForm(call)
  if (!sent.ok) return sent.answer
  if (before !== undefined) return overwrite(before, sent.form, sent.person, call)
  const resume: Resume = {
    id: call.store.newId(),
    org: call.param('org'),
    username: sent.person.username,
    files: [...sent.form.files],
    links: [...sent.form.links],
  }
  call.store.state().resumes.push(resume)
  return written(resume, sent.person, call)
}

function replace(call: Call): Answer {
  const sent = readForm(call)
  if (!sent.ok) return sent.answer
  const before = stored(call)
  return before === undefined ? notFound() : overwrite(before, sent.form, sent.person, call)
}

/** Links are replaced always; files that were not sent stay, unless this server replaces them too. */
function overwrite(resume: Resume, form: Form, person: Person, call: Call): Answer {
  const bringsCv = form.files.some(({ type }) => type === 'resume')
  const names = new Set(form.files.map(({ name }) => name))
  const kept = resume.files.filter(({ type, name }) => {
    if (type === 'resume') return !bringsCv
    return !names.has(name) && (call.settings.resumeKeeps === 'extra-files' || !bringsCv)
  })
  resume.files = [...form.files, ...kept]
  resume.links = [...form.links]
  return written(resume, person, call)
}

function written(resume: Resume, person: Person, call: Call): Answer {
  return call.settings.resumeAnswer === 'empty'
    ? empty(200)
    : json(200, render(resume, person, call))
}
