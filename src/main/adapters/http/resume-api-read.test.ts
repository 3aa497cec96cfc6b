import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DeclaredAnswer, DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, instantClock, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { cv, maps, record, resumeProfile, route } from '../../../../tests/fakes/resume-profile'
import { resume } from '../../../shared/domain/sections/resume'
import { resumeFileUrl } from './resume-wire'

const { open, reopen, close, only } = resumeProfile()
let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  ;({ server, profile } = await open())
})

afterEach(close)

describe('reading the résumé', () => {
  it('takes the file of that type, else the one named so', async () => {
    expect((await only()).values.file).toEqual({ name: 'noor-cv.pdf' })
    const typed = { name: 'My Resume 2.pdf', url: 'x', type: 'application/pdf' }
    server.on(`GET ${route}`, { json: { ...record, files: [maps, typed] } })
    expect((await only()).values).toMatchObject({
      file: { name: 'My Resume 2.pdf', type: 'application/pdf' },
      otherFiles: ['maps.pdf'],
    })
  })

  it.each([
    [
      'the one named so',
      [
        { ...maps, type: 'application/pdf' },
        { name: 'cv/1/noor-cv.pdf', type: 'application/pdf' },
      ],
    ],
    ['the only PDF', [maps, { name: 'cv/1/noor-cv.pdf', type: 'application/pdf' }]],
    ['the only PDF without a type', [maps, { name: 'cv/1/noor-cv.pdf' }]],
  ])('takes %s where types are those of the content', async (_name, files) => {
    server.on(`GET ${route}`, { json: { ...record, files } })
    expect((await only()).values).toMatchObject({
      file: { name: 'noor-cv.pdf' },
      otherFiles: ['maps.pdf'],
    })
  })

  it('takes none of several that may be it', async () => {
    const files = ['a.pdf', 'b.pdf'].map((name) => ({ name, type: 'application/pdf' }))
    server.on(`GET ${route}`, { json: { ...record, files } })
    expect((await only()).values.file).toBeNull()
  })

  it('shows what is kept beside it', async () => {
    expect((await only()).values).toMatchObject({
      otherFiles: ['maps.pdf'],
      links: ['https://noor.example', 'https://b.example'],
    })
  })

  it('knows where each file can be fetched', async () => {
    const item = await only()
    expect(resumeFileUrl(item)).toBe(cv.url)
    expect(resumeFileUrl(item, 'maps.pdf')).toBe(maps.url)
    expect(resumeFileUrl(item, 'other.pdf')).toBeUndefined()
  })

  it.each([
    ['404', { status: 404, json: { detail: 'Not found.' } }],
    ['{}', { json: {} }],
    ['[]', { json: [] }],
    ['null', { json: null }],
    ['no body', {}],
    ['files: null', { json: { id: 77, files: null, links: null } }],
    ['files: []', { json: { id: 77, files: [] } }],
  ])('D23, E10: %s means there is none', async (_name, answer: DeclaredAnswer) => {
    server.on(`GET ${route}`, answer)
    expect((await only()).values).toEqual({ file: null, otherFiles: [], links: [] })
  })

  it('D23: a list with the one record is the record', async () => {
    server.on(`GET ${route}`, { json: [record] })
    expect((await only()).values.file).toEqual({ name: 'noor-cv.pdf' })
  })

  it.each([401, 403, 500, 502, 503])('E11: %i is an error and never “none”', async (status) => {
    profile = await reopen({ clock: instantClock() })
    server.on(`GET ${route}`, { status })
    expect(errorOf(await profile.api.pull(resume, profile.signal))).toMatchObject({ status })
  })
})
