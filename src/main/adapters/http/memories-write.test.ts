import { beforeEach, describe, expect, it } from 'vitest'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import {
  entryId,
  everywhere,
  memoriesProfile,
  mentor,
  mine,
  page,
  routes,
} from '../../../../tests/fakes/memories-profile'
import { asItemId } from '../../../shared/domain/ids'
import { memory } from '../../../shared/domain/sections/memory'

const { open, on } = memoriesProfile()

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await open()
  ;({ server, profile } = declared)
  return declared.close
})

const bodies = (route: string): unknown[] => server.to(route).map(({ json }) => json())

describe('adding a memory', () => {
  const content = 'Prefers mornings.'

  it('D26: posts it to its agent', async () => {
    on(`POST ${routes.ofMentor}`, { status: 201, json: { ...mine, mentor_id: undefined } })
    const values = { content, agent: mentor, category: 'preferences' }
    const item = valueOf(await profile.api.create(memory, values, profile.context))
    expect(bodies(`POST ${routes.ofMentor}`)).toEqual([{ content, category_slug: 'preferences' }])
    expect(item?.id).toBe(`mentor:${mentor}:5012`)
  })

  it('posts it for every agent without one', async () => {
    on(`POST ${routes.global}`, { status: 201, json: everywhere })
    const values = { content, agent: null, category: 'preferences' }
    expect(valueOf(await profile.api.create(memory, values, profile.context))?.id).toBe('global:61')
    expect(bodies(`POST ${routes.global}`)).toEqual([{ content }])
  })

  it('E13: an identical one is a duplicate, by which a lost answer is known', async () => {
    on(`POST ${routes.global}`, { status: 409, json: { error: 'Memory already exists' } })
    const values = { content, agent: null }
    expect(errorOf(await profile.api.create(memory, values, profile.context)).kind).toBe(
      'duplicate',
    )
  })

  it('too short is refused at the text', async () => {
    const message = 'Ensure this field has at least 10 characters.'
    on(`POST ${routes.global}`, { status: 400, json: { content: [message] } })
    expect(
      errorOf(await profile.api.create(memory, { content, agent: null }, profile.context)),
    ).toMatchObject({ fields: { content: message } })
  })

  it('goes to the older generation when the newer one is not there', async () => {
    on(`POST ${routes.legacy}`, page())
    const values = { content, agent: mentor, category: 'help_requests' }
    expect(valueOf(await profile.api.create(memory, values, profile.context))).toBeUndefined()
    expect(bodies(`POST ${routes.legacy}`)).toEqual([
      {
        name: 'help_requests',
        platform: 'northwind',
        mentor_unique_id: mentor,
        category: 'help_requests',
        entries: [{ key: 'help_requests', value: content }],
      },
    ])
  })
})

describe('changing and deleting a memory', () => {
  const itemOf = (id: string) => ({ id: asItemId(id), values: {}, wire: {} })
  const remove = (id: string) => profile.api.remove(memory, itemOf(id), profile.context)

  it('patches only what changed, under its agent', async () => {
    on(`PATCH ${routes.ofMentor}5012/`, { json: mine })
    const item = itemOf(`mentor:${mentor}:5012`)
    valueOf(await profile.api.update(memory, item, { category: 'goals' }, profile.context))
    expect(bodies(`PATCH ${routes.ofMentor}5012/`)).toEqual([{ category_slug: 'goals' }])
  })

  it('posts the new text of an older entry under its heading', async () => {
    on(`POST ${routes.entry(entryId)}`, { json: {} })
    const item = { ...itemOf(`legacy:${entryId}`), wire: { key: 'schedule', value: 'Old.' } }
    valueOf(await profile.api.update(memory, item, { content: 'New text.' }, profile.context))
    expect(bodies(`POST ${routes.entry(entryId)}`)).toEqual([
      { key: 'schedule', value: 'New text.' },
    ])
  })

  it.each([
    [`mentor:${mentor}:5012`, `${routes.ofMentor}5012/`],
    ['global:61', `${routes.global}61/`],
    [`legacy:${entryId}`, routes.entry(entryId)],
  ])('deletes %s where it lives', async (id, route) => {
    on(`DELETE ${route}`, { status: 204 })
    valueOf(await remove(id))
    expect(server.to(`DELETE ${route}`)).toHaveLength(1)
  })

  it('E22: one that is gone is deleted', async () => {
    valueOf(await remove('global:61'))
  })

  it.each(['legacy:preferences', 'legacy:', 'global:', 'mentor:x', 'unknown:1', 'local:1'])(
    'D29: never asks to delete by anything but an id (%s)',
    async (id) => {
      expect((await remove(id)).ok).toBe(false)
      expect(server.requests).toEqual([])
    },
  )
})
