import { beforeEach, describe, expect, it } from 'vitest'
import { careerProfile, record, route, routeOf } from '../../../../tests/fakes/career-profile'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { education } from '../../../shared/domain/sections/education'
import { institutions } from '../../../shared/domain/sections/institutions'

const { open, pull, first, sent } = careerProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
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
