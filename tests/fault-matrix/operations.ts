import { drawAvatar } from '../../src/demo-platform/seed/avatar'
import type { CareerKind, PlatformState } from '../../src/demo-platform/store/state'
import { selfItemId } from '../../src/shared/domain/ids'
import { basic } from '../../src/shared/domain/sections/basic'
import { companies } from '../../src/shared/domain/sections/companies'
import { education } from '../../src/shared/domain/sections/education'
import { experience } from '../../src/shared/domain/sections/experience'
import { institutions } from '../../src/shared/domain/sections/institutions'
import { memory } from '../../src/shared/domain/sections/memory'
import { memorySettings } from '../../src/shared/domain/sections/memory-settings'
import { resume } from '../../src/shared/domain/sections/resume'
import type { AnySection } from '../../src/shared/domain/sections/section'
import { social } from '../../src/shared/domain/sections/social'
import type { Values } from '../../src/shared/domain/values'
import type { Service } from '../../src/shared/errors'
import { aDegree, aFirm, aJob, aMemory, aSchool } from './typed-records'

/** One thing the app does with the platform, and how to tell that it has been done. */
export interface Operation {
  readonly id: string
  readonly title: string
  readonly service: Service
  readonly section: AnySection
  /** Which requests are the operation's own. */
  readonly methods: readonly string[]
  readonly path: RegExp
  readonly act: Act
  /** What a 400 says about a field of it. */
  readonly refusal?: unknown
  readonly isDelete?: boolean
}

export type Act =
  | { readonly kind: 'read' | 'download' | 'connect' }
  | {
      readonly kind: 'write'
      readonly edit: Edit
      readonly isDone: (state: PlatformState) => boolean
      /** By how much the number of records changes. */
      readonly grows: number
    }

type Edit =
  | { readonly op: 'create'; readonly values: Values }
  | { readonly op: 'update'; readonly item: string; readonly patch: Values }
  | {
      readonly op: 'file'
      readonly field: string
      readonly name: string
      readonly bytes: Uint8Array
      readonly type: string
    }
  | { readonly op: 'delete'; readonly item: string }

const account = /\/accounts\/noor\.haddad$/
const image = /\/(accounts\/noor\.haddad\/image|profile_images\/v1\/noor\.haddad\/remove)$/
const metadata = /\/users\/manage\/metadata\//
const career = (kind: string) => new RegExp(`/career/orgs/northwind/${kind}/users/`)
const resumeRecord = /\/career\/resume\/orgs\//
const switches = /\/memsearch-settings\//

const me = (state: PlatformState) => state.people.find(({ username }) => username === 'noor.haddad')
const mine = (state: PlatformState, kind: CareerKind) =>
  state.career[kind].filter(({ username }) => username === 'noor.haddad')
const holds = (state: PlatformState, kind: CareerKind, key: string, value: unknown) =>
  mine(state, kind).some(({ fields }) => fields[key] === value)
const cvOf = (state: PlatformState) =>
  state.resumes[0]?.files.find(({ type }) => type === 'resume')?.name ?? ''

const read = (id: string, title: string, section: AnySection, path: RegExp): Operation => ({
  id,
  title,
  service: section.service,
  section,
  methods: ['GET'],
  path,
  act: { kind: 'read' },
})

export const reads: readonly Operation[] = [
  read('read-basic', 'Basic', basic, account),
  read('read-social', 'Social', social, account),
  read('read-education', 'Education', education, career('education')),
  read('read-experience', 'Experience', experience, career('experience')),
  read('read-resume', 'Résumé', resume, resumeRecord),
  read('read-memory', 'Memories', memory, /\/noor\.haddad\/mentor-memories\//),
  read('read-switches', 'Switches', memorySettings, switches),
  { ...read('download', 'Résumé file', resume, /\/media\//), act: { kind: 'download' } },
  { ...read('connect', 'Connecting', basic, account), act: { kind: 'connect' } },
]

interface Write extends Pick<Operation, 'section' | 'methods' | 'path' | 'refusal' | 'isDelete'> {
  readonly edit: Edit
  readonly isDone: (state: PlatformState) => boolean
  readonly grows?: number
}

const write = (id: string, title: string, given: Write): Operation => {
  const { edit, isDone, grows = 0, ...rest } = given
  return {
    id,
    title,
    service: rest.section.service,
    ...rest,
    act: { kind: 'write', edit, isDone, grows },
  }
}

const update = (patch: Values, item: string = selfItemId): Edit => ({ op: 'update', item, patch })
const fieldError = (field: string) => ({
  field_errors: { [field]: { user_message: 'Not like this.', developer_message: 'No.' } },
})

export const accountWrites: readonly Operation[] = [
  write('bio', 'About', {
    section: basic,
    methods: ['PATCH'],
    path: account,
    edit: update({ bio: 'Typed here.' }),
    isDone: (state) => me(state)?.bio === 'Typed here.',
    refusal: fieldError('bio'),
  }),
  write('title', 'Title', {
    section: basic,
    methods: ['POST'],
    path: metadata,
    edit: update({ title: 'Chief of gauges' }),
    isDone: (state) => me(state)?.document['title'] === 'Chief of gauges',
    refusal: { title: ['Not like this.'] },
  }),
  write('link', 'Social link', {
    section: social,
    methods: ['PATCH'],
    path: account,
    edit: update({ facebook: 'https://www.facebook.com/noor.typed' }),
    isDone: (state) =>
      me(state)?.social.some(({ social_link }) => social_link.includes('noor.typed')) === true,
    refusal: fieldError('social_links'),
  }),
  write('photo', 'Photo', {
    section: basic,
    methods: ['POST'],
    path: image,
    edit: { op: 'file', field: 'photo', name: 'me.png', bytes: drawAvatar(), type: 'image/png' },
    isDone: (state) => ![undefined, 'seed-avatar'].includes(me(state)?.image?.blob),
    refusal: { user_message: 'Not like this.', developer_message: 'No.' },
  }),
  write('no-photo', 'Remove photo', {
    section: basic,
    methods: ['DELETE', 'POST'],
    path: image,
    edit: update({ photo: null }),
    isDone: (state) => me(state)?.image === null,
    refusal: { user_message: 'Not like this.', developer_message: 'No.' },
    isDelete: true,
  }),
]

const firstMemory = 'mentor:5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10:5000'
const degreeError = { degree: ['Not like this.'] }

export const careerWrites: readonly Operation[] = [
  write('add-education', 'Add education', {
    section: education,
    methods: ['POST'],
    path: career('education'),
    edit: { op: 'create', values: aDegree },
    isDone: (state) => holds(state, 'education', 'degree', 'Typed MSc'),
    grows: 1,
    refusal: degreeError,
  }),
  write('edit-education', 'Edit education', {
    section: education,
    methods: ['PUT'],
    path: career('education'),
    edit: update({ degree: 'Typed MSc' }, '311'),
    isDone: (state) => holds(state, 'education', 'degree', 'Typed MSc'),
    refusal: degreeError,
  }),
  write('delete-education', 'Delete education', {
    section: education,
    methods: ['DELETE'],
    path: career('education'),
    edit: { op: 'delete', item: '311' },
    isDone: (state) => !mine(state, 'education').some(({ id }) => id === 311),
    grows: -1,
    refusal: degreeError,
    isDelete: true,
  }),
  write('add-experience', 'Add experience', {
    section: experience,
    methods: ['POST'],
    path: career('experience'),
    edit: { op: 'create', values: aJob },
    isDone: (state) => holds(state, 'experience', 'title', 'Typed job'),
    grows: 1,
    refusal: { title: ['Not like this.'] },
  }),
  write('add-institution', 'Add institution', {
    section: institutions,
    methods: ['POST'],
    path: career('institutions'),
    edit: { op: 'create', values: aSchool },
    isDone: (state) => holds(state, 'institutions', 'name', 'Typed College'),
    grows: 1,
    refusal: { name: ['Not like this.'] },
  }),
  write('add-company', 'Add company', {
    section: companies,
    methods: ['POST'],
    path: career('companies'),
    edit: { op: 'create', values: aFirm },
    isDone: (state) => holds(state, 'companies', 'name', 'Typed Ltd'),
    grows: 1,
    refusal: { name: ['Not like this.'] },
  }),
]

const pdf = Buffer.from('%PDF-1.7\n% typed here\n%%EOF\n')

export const otherWrites: readonly Operation[] = [
  write('resume', 'Résumé', {
    section: resume,
    methods: ['PUT', 'POST'],
    path: resumeRecord,
    edit: { op: 'file', field: 'file', name: 'typed.pdf', bytes: pdf, type: 'application/pdf' },
    isDone: (state) => cvOf(state).endsWith('typed.pdf'),
    refusal: { resume: ['Not like this.'] },
  }),
  write('switch', 'Memory switch', {
    section: memorySettings,
    methods: ['PUT'],
    path: switches,
    edit: update({ use: false }),
    isDone: (state) => state.flags[0]?.use_memory_in_responses === false,
    refusal: { use_memory_in_responses: ['Not like this.'] },
  }),
  write('add-memory', 'Add memory', {
    section: memory,
    methods: ['POST'],
    path: /\/global-memories\//,
    edit: { op: 'create', values: aMemory },
    isDone: (state) => state.memories.some(({ content }) => content === aMemory.content),
    grows: 1,
    refusal: { content: ['Not like this.'] },
  }),
  write('edit-memory', 'Edit memory', {
    section: memory,
    methods: ['PATCH'],
    path: /\/mentor-memories\/\d+\//,
    edit: update({ content: aMemory.content }, firstMemory),
    isDone: (state) => state.memories.some(({ content }) => content === aMemory.content),
    refusal: { content: ['Not like this.'] },
  }),
  write('delete-memory', 'Delete memory', {
    section: memory,
    methods: ['DELETE'],
    path: /\/mentor-memories\/\d+\//,
    edit: { op: 'delete', item: firstMemory },
    isDone: (state) => !state.memories.some(({ id }) => id === 5000),
    grows: -1,
    refusal: { content: ['Not like this.'] },
    isDelete: true,
  }),
]

/** An edit of another section of the same host, and one of the other host. */
export const neighbours = {
  nearby: (of: Operation): Operation =>
    write('neighbour', 'Neighbour', {
      section: of.section === companies ? institutions : companies,
      methods: ['POST'],
      path: career(of.section === companies ? 'institutions' : 'companies'),
      edit: {
        op: 'create',
        values: { ...(of.section === companies ? aSchool : aFirm), name: 'Neighbour' },
      },
      isDone: (state) =>
        holds(state, of.section === companies ? 'institutions' : 'companies', 'name', 'Neighbour'),
      grows: 1,
    }),
  afar: write('neighbour', 'Neighbour', {
    section: social,
    methods: ['PATCH'],
    path: account,
    edit: update({ facebook: 'https://www.facebook.com/neighbour' }),
    isDone: (state) =>
      me(state)?.social.some(({ social_link }) => social_link.includes('neighbour')) === true,
  }),
} as const

export const columnGroups: readonly {
  readonly title: string
  readonly columns: readonly Operation[]
}[] = [
  { title: 'Reading', columns: reads },
  { title: 'Writing the account', columns: accountWrites },
  { title: 'Writing the career', columns: careerWrites },
  { title: 'Writing résumé and memory', columns: otherWrites },
]

export const operations: readonly Operation[] = columnGroups.flatMap(({ columns }) => columns)
