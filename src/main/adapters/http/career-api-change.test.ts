import { beforeEach, describe, expect, it } from 'vitest'
import { careerProfile, record, route, routeOf } from '../../../../tests/fakes/career-profile'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { companies } from '../../../shared/domain/sections/companies'
import { education } from '../../../shared/domain/sections/education'
import { institutions } from '../../../shared/domain/sections/institutions'

const { open, first, update, sent } = careerProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
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

  it('leaves out the metadata where a server takes none back', async () => {
    const refusal = { status: 400, json: { metadata: ['Not allowed.'] } }
    server.on(`PUT ${route}`, refusal, { json: { ...record, degree: 'PhD' } })
    valueOf(await update({ degree: 'PhD' }))
    const bodies = sent(`PUT ${route}`)
    expect(bodies.map((body) => Object.hasOwn(body, 'metadata'))).toEqual([true, false])
    expect(bodies[1]).toMatchObject({ degree: 'PhD', of_a_newer_server: 'kept' })
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
