import { beforeEach, describe, expect, it } from 'vitest'
import { careerProfile, record, route, routeOf } from '../../../../tests/fakes/career-profile'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { education } from '../../../shared/domain/sections/education'
import { experience } from '../../../shared/domain/sections/experience'

const { open, pull, first } = careerProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
})

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
    server.on(`GET ${route}`, page('x', 1, 2), page(null, 2), page('x', 1, 2), page(null, 3))
    expect((await pull()).map(({ id }) => id)).toEqual(['1', '2', '3'])
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
