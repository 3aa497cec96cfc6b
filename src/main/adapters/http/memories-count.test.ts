import { beforeEach, describe, expect, it } from 'vitest'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import {
  entryId,
  everywhere,
  memoriesProfile,
  mine,
  page,
  preferences,
  routes,
} from '../../../../tests/fakes/memories-profile'
import { memory } from '../../../shared/domain/sections/memory'

const { open, on } = memoriesProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
})

describe('counting memories', () => {
  const count = async () => valueOf(await profile.api.count(memory, profile.signal))

  it('asks for one short page of each place', async () => {
    on(`GET ${routes.across}`, { json: { count: 7, next: 'x', results: [mine] } })
    on(`GET ${routes.global}`, page(everywhere))
    expect(await count()).toEqual({ canWrite: true, found: 8 })
    expect(server.requests).toHaveLength(2)
  })

  it('goes agent by agent where there is nothing else', async () => {
    on(`GET ${routes.ofMentor}`, { json: [{ category: preferences, memories: [mine] }] })
    expect(await count()).toEqual({ canWrite: true, found: 1 })
  })

  it('counts those of the older generation', async () => {
    on(`GET ${routes.legacy}`, page({ entries: [{ unique_id: entryId, value: 'Old.' }] }))
    expect(await count()).toEqual({ canWrite: true, found: 1 })
  })

  it('is refused where no place is', async () => {
    expect(errorOf(await profile.api.count(memory, profile.signal)).kind).toBe('not-found')
  })
})
