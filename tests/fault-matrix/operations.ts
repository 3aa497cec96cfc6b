import { drawAvatar } from '../../src/demo-platform/seed/avatar'
import type { CareerKind, PlatformState } from '../../src/demo-platform/store/state'
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
import { read, update, write, type Edit, type Operation, type Write } from './operation'
import { aDegree, aFirm, aJob, aMemory, aSchool } from './typed-records'

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
const refusalOf = (key: string) => ({ [key]: ['Not like this.'] })

interface CareerWrite {
  readonly section: AnySection
  readonly kind: CareerKind
  readonly method: 'POST' | 'PUT'
  readonly edit: Edit
  /** The wire key by which the record is known again, and its value. */
  readonly known: readonly [string, string]
}

/** A record of a career collection, added or changed. */
const careerWrite = ({ section, kind, method, edit, known: [key, value] }: CareerWrite): Write => ({
  section,
  methods: [method],
  path: career(kind),
  edit,
  isDone: (state) => holds(state, kind, key, value),
  grows: method === 'POST' ? 1 : 0,
  refusal: refusalOf(key),
})

const add = (
  given: Pick<CareerWrite, 'section' | 'kind' | 'known'> & { readonly values: Values },
): Write => careerWrite({ ...given, method: 'POST', edit: { op: 'create', values: given.values } })

export const careerWrites: readonly Operation[] = [
  write(
    'add-education',
    'Add education',
    add({ section: education, kind: 'education', values: aDegree, known: ['degree', 'Typed MSc'] }),
  ),
  write(
    'edit-education',
    'Edit education',
    careerWrite({
      section: education,
      kind: 'education',
      method: 'PUT',
      edit: update({ degree: 'Typed MSc' }, '311'),
      known: ['degree', 'Typed MSc'],
    }),
  ),
  write('delete-education', 'Delete education', {
    section: education,
    methods: ['DELETE'],
    path: career('education'),
    edit: { op: 'delete', item: '311' },
    isDone: (state) => !mine(state, 'education').some(({ id }) => id === 311),
    grows: -1,
    refusal: refusalOf('degree'),
    isDelete: true,
  }),
  write(
    'add-experience',
    'Add experience',
    add({ section: experience, kind: 'experience', values: aJob, known: ['title', 'Typed job'] }),
  ),
  write(
    'add-institution',
    'Add institution',
    add({
      section: institutions,
      kind: 'institutions',
      values: aSchool,
      known: ['name', 'Typed College'],
    }),
  ),
  write(
    'add-company',
    'Add company',
    add({ section: companies, kind: 'companies', values: aFirm, known: ['name', 'Typed Ltd'] }),
  ),
]

const pdf = Buffer.from('%PDF-1.7\n% typed here\n%%EOF\n')

const memoryWrite = (
  method: string,
  path: RegExp,
): Pick<Write, 'section' | 'methods' | 'path' | 'refusal'> => ({
  section: memory,
  methods: [method],
  path,
  refusal: refusalOf('content'),
})
const hasTypedMemory = (state: PlatformState) =>
  state.memories.some(({ content }) => content === aMemory.content)

export const otherWrites: readonly Operation[] = [
  write('resume', 'Résumé', {
    section: resume,
    methods: ['PUT', 'POST'],
    path: resumeRecord,
    edit: { op: 'file', field: 'file', name: 'typed.pdf', bytes: pdf, type: 'application/pdf' },
    isDone: (state) => cvOf(state).endsWith('typed.pdf'),
    refusal: refusalOf('resume'),
  }),
  write('switch', 'Memory switch', {
    section: memorySettings,
    methods: ['PUT'],
    path: switches,
    edit: update({ use: false }),
    isDone: (state) => state.flags[0]?.use_memory_in_responses === false,
    refusal: refusalOf('use_memory_in_responses'),
  }),
  write('add-memory', 'Add memory', {
    ...memoryWrite('POST', /\/global-memories\//),
    edit: { op: 'create', values: aMemory },
    isDone: hasTypedMemory,
    grows: 1,
  }),
  write('edit-memory', 'Edit memory', {
    ...memoryWrite('PATCH', /\/mentor-memories\/\d+\//),
    edit: update({ content: aMemory.content }, firstMemory),
    isDone: hasTypedMemory,
  }),
  write('delete-memory', 'Delete memory', {
    ...memoryWrite('DELETE', /\/mentor-memories\/\d+\//),
    edit: { op: 'delete', item: firstMemory },
    isDone: (state) => !state.memories.some(({ id }) => id === 5000),
    grows: -1,
    isDelete: true,
  }),
]

/** An edit of another section of the same host, and one of the other host. */
export const neighbours = {
  nearby: (of: Operation): Operation => {
    const known = ['name', 'Neighbour'] as const
    const [section, kind, values] =
      of.section === companies
        ? ([institutions, 'institutions', aSchool] as const)
        : ([companies, 'companies', aFirm] as const)
    const given = { section, kind, values: { ...values, name: 'Neighbour' }, known }
    return write('neighbour', 'Neighbour', add(given))
  },
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
