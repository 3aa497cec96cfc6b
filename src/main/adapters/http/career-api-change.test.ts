import { beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  instantClock,
  startDeclaredProfile,
  valueOf,
  type HttpProfile,
} from '../../../../tests/fakes/http-profile'
import { asSectionId } from '../../../shared/domain/ids'
import { companies } from '../../../shared/domain/sections/companies'
import { education } from '../../../shared/domain/sections/education'
import { experience } from '../../../shared/domain/sections/experience'
import { institutions } from '../../../shared/domain/sections/institutions'
import { defineSection, type AnySection } from '../../../shared/domain/sections/section'
import type { Values } from '../../../shared/domain/values'
import type { ServerItem } from '../../../shared/sync/state'

const routeOf = (name: string) => `/dm/api/career/orgs/northwind/${name}/users/noor.haddad/`
const route = routeOf('education')

const record = {
  id: 311,
  user: 48_213,
  user_info: { username: 'noor.haddad' },
  institution: { id: 57, name: 'University of Jordan', institution_type: 'university' },
  degree: 'MSc',
  field_of_study: 'Hydrology',
  start_date: '2011-09-01',
  end_date: '2013-06-30',
  grade: '3.8',
  activities: null,
  description: 'Kept.',
  is_current: false,
  data: { a: [1] },
  metadata: {},
  of_a_newer_server: 'kept',
  created_at: '2025-01-04T09:05:12.004211Z',
  updated_at: '2025-03-19T16:40:00.871002Z',
}

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await startDeclaredProfile({ clock: instantClock() })
  ;({ server, profile } = declared)
  return declared.close
})

async function pull(section: AnySection = education) {
  return valueOf(await profile.api.pull(section, profile.signal)).items
}

async function first(section: AnySection = education): Promise<ServerItem> {
  const [item] = await pull(section)
  if (!item) throw new Error('nothing read')
  return item
}

async function update(patch: Values, section: AnySection = education) {
  return profile.api.update(section, await first(section), patch, profile.context)
}

const sent = (route: string): Record<string, unknown>[] =>
  server.to(route).map(({ json }) => json() as Record<string, unknown>)

describe('reading a collection', () => {
  it.each([
    ['a bare array', [record]],
    ['an envelope', { count: 1, next: null, previous: null, results: [record] }],
    ['an envelope named data', { data: [record] }],
    ['one object', record],
    ['one object without data', { ...record, data: null }],
    ['one object with a list as its data', { ...record, data: [{ id: 1 }] }],
  ])('D14: takes %s', async (_name, json) => {
    server.on(`GET ${route}`, { json })
    expect((await pull()).map(({ id }) => id)).toEqual(['311'])
  })

  it.each([
    ['null', { json: null }],
    ['an empty text', { json: '' }],
    ['an empty object', { json: {} }],
    ['no results', { json: { results: null } }],
  ])('D14: takes %s for an empty list', async (_name, answer) => {
    server.on(`GET ${route}`, answer)
    expect(await pull()).toEqual([])
  })

  it.each([200, 204])(
    'E34: takes no body (%i) for no list: nothing is said to be gone',
    async (status) => {
      server.on(`GET ${route}`, { status })
      const error = errorOf(await profile.api.pull(education, profile.signal))
      expect(error).toMatchObject({ kind: 'unexpected-answer', reason: 'shape' })
    },
  )

  it.each([{ message: 'hi' }, [1, 'two'], { results: [1] }, 7, 'text', true])(
    'D14: does not take %j for a list',
    async (json) => {
      server.on(`GET ${route}`, { json })
      expect(errorOf(await profile.api.pull(education, profile.signal))).toMatchObject({
        kind: 'unexpected-answer',
        reason: 'shape',
      })
    },
  )

  it('D36: reads further pages by number and never by address', async () => {
    const next = 'http://internal.invalid/page2'
    server.on(
      `GET ${route}`,
      { json: { count: 2, next, results: [record] } },
      { json: { count: 2, next: null, results: [{ ...record, id: 312 }] } },
    )
    expect(await pull()).toHaveLength(2)
    expect(server.to(`GET ${route}`).map(({ query }) => query.page)).toEqual([undefined, '2'])
  })

  it('D19: reads 3.8 and 3.80 as one grade', async () => {
    server.on(`GET ${route}`, { json: [record] })
    expect((await first()).values.grade).toBe('3.80')
    server.on(`GET ${route}`, { json: [{ ...record, grade: 3.8 }] })
    expect((await first()).values.grade).toBe('3.80')
    server.on(`GET ${route}`, { json: [{ ...record, grade: 'A-' }] })
    expect((await first()).values.grade).toBe('A-')
  })

  it.each(['2011-09-01T23:30:00-08:00', '2011-09-01 00:00:00', '2011-09-01T00:00:00.000001Z'])(
    'takes only the date of %s',
    async (start_date) => {
      server.on(`GET ${route}`, { json: [{ ...record, start_date }] })
      expect((await first()).values.startDate).toBe('2011-09-01')
    },
  )

  it('D20: keeps an employment type of another list as it is', async () => {
    server.on(`GET ${routeOf('experience')}`, { json: [{ id: 1, employment_type: 'Full-time' }] })
    expect((await first(experience)).values.employmentType).toBe('Full-time')
  })

  it('E23: names an institution that only the record knows', async () => {
    server.on(`GET ${route}`, { json: [record] })
    const item = await first()
    expect(item.values.institution).toBe('57')
    expect(item.labels).toEqual({ institution: 'University of Jordan' })
  })

  it('falls back to the id of the institution when it is not embedded', async () => {
    const flat = { ...record, institution: undefined, institution_id: 57 }
    server.on(`GET ${route}`, { json: [flat] })
    expect((await first()).values.institution).toBe('57')
  })

  it('E33: shows a record once that moved to the next page meanwhile', async () => {
    const page = (next: string | null, ...ids: number[]) => ({
      json: { count: 3, next, results: ids.map((id) => ({ ...record, id })) },
    })
    server.on(`GET ${route}`, page('x', 1, 2), page(null, 2, 3))
    expect((await pull()).map(({ id }) => id)).toEqual(['2', '3'])
  })

  it('E8: a wrong organisation is a refusal, not an empty list', async () => {
    for (const status of [403, 404]) {
      server.on(`GET ${route}`, { status, json: { detail: 'No.' } })
      expect(errorOf(await profile.api.pull(education, profile.signal))).toMatchObject({ status })
    }
  })

  it('shows a record without an id and never writes it', async () => {
    server.on(`GET ${route}`, { json: [{ degree: 'BSc' }] })
    const item = await first()
    expect(item.can).toEqual({ update: false, delete: false })
    const patch = { degree: 'x' }
    const result = await profile.api.update(education, item, patch, profile.context)
    expect(result.ok).toBe(false)
    expect(server.requests).toHaveLength(1)
  })
})

describe('creating a record', () => {
  const values = {
    institution: '57',
    degree: 'MSc',
    fieldOfStudy: null,
    startDate: '2011-09-01',
    endDate: null,
    isCurrent: null,
    grade: '3.8',
    activities: '',
    description: null,
  }

  it.each([200, 201])('D18: takes %i for a success', async (status) => {
    server.on(`POST ${route}`, { status, json: record })
    const item = valueOf(await profile.api.create(education, values, profile.context))
    expect(item?.id).toBe('311')
  })

  it('sends the wire’s names and leaves out what was never set', async () => {
    server.on(`POST ${route}`, { json: record })
    await profile.api.create(education, values, profile.context)
    expect(sent(`POST ${route}`)).toEqual([
      { institution_id: 57, degree: 'MSc', start_date: '2011-09-01', grade: '3.80' },
    ])
  })

  describe('with the name of its edit', () => {
    const create = () =>
      profile.api.create(education, values, { ...profile.context, mark: 'edit-1' })
    const metadata = { iblai_profile_edit: 'edit-1' }

    it('leaves it in the record, and reads it there again', async () => {
      server.on(`POST ${route}`, { json: { ...record, metadata } })
      server.on(`GET ${route}`, { json: [{ ...record, metadata }] })
      expect(valueOf(await create())?.madeBy).toBe('edit-1')
      expect(sent(`POST ${route}`)).toMatchObject([{ metadata }])
      expect(await first()).toMatchObject({ madeBy: 'edit-1' })
    })

    it('goes without it from then on where the server takes none', async () => {
      const refusal = { status: 400, json: { metadata: ['Unknown field.'] } }
      server.on(`POST ${route}`, refusal, { json: record }, { json: record })
      expect(valueOf(await create())?.id).toBe('311')
      await create()
      expect(sent(`POST ${route}`).map((body) => 'metadata' in body)).toEqual([true, false, false])
    })

    it.each([
      ['a field is refused', { status: 400, json: { degree: ['Too long.'] } }],
      ['nobody knows whether it was made', { status: 502, text: 'bad gateway' }],
    ])('is sent once when %s', async (_, answer) => {
      server.on(`POST ${route}`, answer)
      errorOf(await create())
      expect(sent(`POST ${route}`)).toHaveLength(1)
    })
  })

  it('E24: sends the id of an institution in the type in which it came', async () => {
    server.on(`GET ${routeOf('institutions')}`, { json: [{ id: '57', name: 'UJ' }] })
    server.on(`POST ${route}`, { json: record })
    await pull(institutions)
    await profile.api.create(education, values, profile.context)
    expect(sent(`POST ${route}`)[0]).toMatchObject({ institution_id: '57' })
  })

  it.each([
    ['nothing', {}],
    ['half a record', { json: { id: 9, degree: 'MSc' } }],
    ['a message', { json: { message: 'created' } }],
  ])('asks to read again when the answer is %s', async (_name, answer) => {
    server.on(`POST ${route}`, { status: 201, ...answer })
    const result = await profile.api.create(education, values, profile.context)
    expect(result).toEqual({ ok: true, value: undefined })
  })

  it('E18: puts refusals at the fields of the form', async () => {
    const json = {
      start_date: ['This field is required.'],
      institution_id: ['A valid integer is required.'],
      weather: ['Rainy.'],
    }
    server.on(`POST ${route}`, { status: 400, json })
    expect(errorOf(await profile.api.create(education, values, profile.context))).toMatchObject({
      kind: 'invalid',
      fields: {
        startDate: 'This field is required.',
        institution: 'A valid integer is required.',
      },
      detail: 'weather: Rainy.',
    })
  })
})

describe('replacing a record', () => {
  beforeEach(() => {
    server.on(`GET ${route}`, { json: [record] })
    server.on(`PUT ${route}`, { json: { ...record, degree: 'PhD' } })
  })

  it('D15: names it in the query and in the body', async () => {
    await update({ degree: 'PhD' })
    const [request] = server.to(`PUT ${route}`)
    expect(request?.query).toEqual({ id: '311' })
    expect(sent(`PUT ${route}`)[0]?.id).toBe(311)
  })

  it('sends everything that came, and nothing the server derives', async () => {
    await update({ degree: 'PhD' })
    expect(sent(`PUT ${route}`)).toEqual([
      {
        id: 311,
        institution_id: 57,
        degree: 'PhD',
        field_of_study: 'Hydrology',
        start_date: '2011-09-01',
        end_date: '2013-06-30',
        grade: '3.8',
        activities: null,
        description: 'Kept.',
        is_current: false,
        data: { a: [1] },
        metadata: {},
        of_a_newer_server: 'kept',
      },
    ])
  })

  it('sends the date alone where the answer names an hour as well', async () => {
    const dates = { start_date: '2011-09-14T00:00:00+02:00', end_date: '2013-06-17 23:00:00' }
    server.on(`GET ${route}`, { json: [{ ...record, ...dates }] })
    await update({ degree: 'PhD' })
    expect(sent(`PUT ${route}`)[0]).toMatchObject({
      start_date: '2011-09-14',
      end_date: '2013-06-17',
    })
  })

  it('finds the id of the institution beside an embedded one without id', async () => {
    const beside = { ...record, institution: { name: 'UJ' }, institution_id: 57 }
    server.on(`GET ${route}`, { json: [beside] })
    await update({ degree: 'PhD' })
    expect(sent(`PUT ${route}`)[0]).toMatchObject({ institution_id: 57 })
  })

  it('sends null for an emptied field', async () => {
    await update({ endDate: null, grade: null, description: '' })
    expect(sent(`PUT ${route}`)[0]).toMatchObject({
      end_date: null,
      grade: null,
      description: null,
    })
  })

  it('sends a flag as a flag, also when it is empty', async () => {
    await update({ isCurrent: null })
    expect(sent(`PUT ${route}`)[0]?.is_current).toBe(false)
  })

  it('E24: keeps ids in the JSON type in which they came', async () => {
    const asText = { ...record, id: '311', institution: { id: '57', name: 'UJ' } }
    server.on(`GET ${route}`, { json: [asText] })
    server.on(`PUT ${route}`, { json: asText })
    await update({ degree: 'PhD' })
    expect(sent(`PUT ${route}`)[0]).toMatchObject({ id: '311', institution_id: '57' })
  })

  it('E22: a record that is gone is said', async () => {
    server.on(`PUT ${route}`, { status: 404, json: { detail: 'Not found.' } })
    expect(errorOf(await update({ degree: 'PhD' }))).toMatchObject({
      kind: 'not-found',
      status: 404,
    })
  })

  it('asks to read again when the answer is another record', async () => {
    server.on(`PUT ${route}`, { json: { ...record, id: 999 } })
    expect(valueOf(await update({ degree: 'PhD' }))).toBeUndefined()
  })
})

describe('institutions and companies', () => {
  it('D17: are replaced like any other record', async () => {
    const company = { id: 140, name: 'Blue', industry: null, website: null, logo_url: null }
    server.on(`GET ${routeOf('companies')}`, { json: [company] })
    server.on(`PUT ${routeOf('companies')}`, { json: { ...company, name: 'Red' } })
    expect(valueOf(await update({ name: 'Red' }, companies))?.values.name).toBe('Red')
  })

  it('D17: are not offered for deletion', () => {
    expect([institutions.allows.delete, companies.allows.delete]).toEqual([false, false])
  })

  it('leave an unset type out, which has no empty form', async () => {
    const institution = { id: 57, name: 'UJ', institution_type: 'college', location: null }
    server.on(`GET ${routeOf('institutions')}`, { json: [institution] })
    server.on(`PUT ${routeOf('institutions')}`, { json: institution })
    await update({ institutionType: null, location: null }, institutions)
    expect(sent(`PUT ${routeOf('institutions')}`)).toEqual([{ id: 57, name: 'UJ', location: null }])
  })
})

describe('deleting a record', () => {
  const remove = async () => profile.api.remove(education, await first(), profile.context)

  beforeEach(() => {
    server.on(`GET ${route}`, { json: [record] })
  })

  it('D16: names it in the query', async () => {
    server.on(`DELETE ${route}`, { status: 204 })
    valueOf(await remove())
    expect(server.to(`DELETE ${route}`)[0]?.query).toEqual({ id: '311' })
  })

  it('D16: is not offered again after 405', async () => {
    server.on(`DELETE ${route}`, { status: 405 })
    expect(errorOf(await remove())).toMatchObject({ kind: 'forbidden', status: 405 })
    expect((await first()).can).toEqual({ delete: false })
  })

  it('answered 200 is not believed while the list has the record', async () => {
    server.on(`DELETE ${route}`, { status: 200 })
    const current = await first()
    const removed = () => profile.api.remove(education, current, profile.context)
    expect(errorOf(await removed()).kind).toBe('not-stored')
    server.on(`GET ${route}`, { json: [] })
    valueOf(await removed())
  })

  it('E22: of one that is gone is done', async () => {
    server.on(`DELETE ${route}`, { status: 404 })
    valueOf(await remove())
  })
})

describe('a made-up section', () => {
  const programs = defineSection({
    id: asSectionId('programs'),
    title: 'Programs',
    icon: 'x',
    cardinality: 'many',
    placement: 'section',
    service: 'dm',
    resource: { kind: 'career', name: 'programs' },
    schema: v.object({
      homeInstitution: v.string(),
      programName: v.string(),
      firstYear: v.nullable(v.number()),
      isOnline: v.nullable(v.boolean()),
      topics: v.array(v.string()),
    }),
    fields: {
      homeInstitution: { kind: 'reference', to: asSectionId('institutions'), label: 'Institution' },
      programName: { kind: 'text', limit: 50, label: 'Name' },
      firstYear: { kind: 'year', label: 'First year' },
      isOnline: { kind: 'flag', label: 'Online' },
      topics: { kind: 'choices', options: [], label: 'Topics' },
    },
    groups: [],
    allows: { create: true, update: true, delete: true },
    words: { one: 'program' },
  })
  const wire = {
    id: 5,
    home_institution: { id: 57, name: 'UJ' },
    program_name: 'Water',
    first_year: 2020,
    is_online: true,
    topics: ['a', 'b'],
  }
  const values = {
    homeInstitution: '57',
    programName: 'Water',
    firstYear: 2020,
    isOnline: true,
    topics: ['a', 'b'],
  }

  it('is read, created, replaced and deleted by its descriptor alone', async () => {
    const at = routeOf('programs')
    server.on(`GET ${at}`, { json: [wire] })
    server.on(`POST ${at}`, { json: wire })
    server.on(`PUT ${at}`, { json: { ...wire, first_year: 2021 } })
    server.on(`DELETE ${at}`, { status: 204 })
    const item = await first(programs)
    expect(item.values).toEqual(values)
    const created = valueOf(await profile.api.create(programs, values, profile.context))
    expect(created).toEqual(item)
    const updated = valueOf(await update({ firstYear: 2021 }, programs))
    expect(updated?.values).toEqual({ ...values, firstYear: 2021 })
    valueOf(await profile.api.remove(programs, item, profile.context))
    const flat = {
      home_institution_id: 57,
      program_name: 'Water',
      first_year: 2020,
      is_online: true,
      topics: ['a', 'b'],
    }
    expect(sent(`POST ${at}`)).toEqual([flat])
    expect(sent(`PUT ${at}`)).toEqual([{ ...flat, id: 5, first_year: 2021 }])
  })
})
