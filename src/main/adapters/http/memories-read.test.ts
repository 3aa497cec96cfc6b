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

const pull = async () => valueOf(await profile.api.pull(memory, profile.signal))
const ids = async () => (await pull()).items.map(({ id }) => id)

describe('reading memories', () => {
  it('D26: takes those of all agents and those for every agent', async () => {
    on(`GET ${routes.across}`, page(mine))
    on(`GET ${routes.global}`, page(everywhere))
    on(`GET ${routes.categories}`, page(preferences))
    const { items, facts } = await pull()
    expect(items.map(({ id }) => id)).toEqual([`mentor:${mentor}:5012`, 'global:61'])
    expect(items[0]).toMatchObject({
      values: {
        content: 'Prefers worked examples.',
        agent: mentor,
        category: 'preferences',
        isAutomatic: true,
        createdAt: '2026-08-03T06:15:44Z',
      },
      labels: { agent: 'Water tutor', category: 'Preferences' },
    })
    expect(items[1]).toMatchObject({ values: { agent: null, isAutomatic: null } })
    expect(items[1]?.can).toEqual({ update: false })
    expect(facts).toMatchObject({
      generation: 'current',
      hasGlobal: true,
      agents: [{ id: mentor, name: 'Water tutor' }],
      categories: { [mentor]: [{ slug: 'preferences', name: 'Preferences' }] },
    })
  })

  it('D26: goes agent by agent where a server cannot list across them', async () => {
    on(`GET ${routes.pages}`, page(mine))
    expect(await ids()).toEqual([`mentor:${mentor}:5012`])
  })

  it('D26: takes the seed’s own path where that has no pages', async () => {
    on(`GET ${routes.ofMentor}`, { json: [{ category: preferences, memories: [{ id: 7 }] }] })
    const { items } = await pull()
    expect(items[0]).toMatchObject({
      id: `mentor:${mentor}:7`,
      values: { agent: mentor, category: 'preferences', content: null },
    })
  })

  it('D26: falls back to the older generation when the newer one is not there', async () => {
    on(`GET ${routes.legacy}`, page(legacyRow))
    const { items, facts } = await pull()
    expect(facts.generation).toBe('legacy')
    expect(items[0]).toMatchObject({
      id: `legacy:${entryId}`,
      values: {
        content: 'Studies after 20:00',
        category: 'personal_information',
        isAutomatic: true,
        createdAt: '2025-06-01T08:00:00+00:00',
      },
      labels: { key: 'schedule' },
    })
  })

  const legacyRow = {
    unique_id: '0d0b2f0e-55a8-4a0c-8a52-9a1d8f5d7a61',
    username: 'noor.haddad',
    mentor: null,
    is_auto_generated: true,
    category: 'personal_information',
    entries: [
      {
        unique_id: entryId,
        key: 'schedule',
        value: 'Studies after 20:00',
        inserted_at: '2025-06-01T08:00:00+00:00',
      },
    ],
  }

  it.each([
    ['grouped', [{ category: preferences, memories: [mine] }]],
    ['flat', [mine]],
    ['by slug', { preferences: [{ ...mine, category: undefined }] }],
    ['in an envelope', { count: 1, results: [mine] }],
  ])('D27: reads a list that is %s', async (_name, json) => {
    on(`GET ${routes.across}`, { json })
    expect((await pull()).items[0]?.values).toMatchObject({
      content: 'Prefers worked examples.',
      category: 'preferences',
    })
  })

  it.each([{ mentor }, { mentor: { unique_id: mentor } }, { mentor_id: mentor }])(
    'D37: reads the agent from %o',
    async (key) => {
      on(`GET ${routes.across}`, page({ id: 1, content: 'x', ...key }))
      expect(await ids()).toEqual([`mentor:${mentor}:1`])
    },
  )

  it('D28: asks for 25 at a time, and for one’s own', async () => {
    on(`GET ${routes.across}`, page(mine))
    await pull()
    expect(server.to(`GET ${routes.across}`)[0]?.query).toEqual({
      my_memory: 'true',
      page: '1',
      page_size: '25',
    })
  })

  it('leaves out what belongs to somebody else', async () => {
    on(`GET ${routes.across}`, page(mine, { ...mine, id: 1, username: 'someone.else' }))
    expect(await ids()).toEqual([`mentor:${mentor}:5012`])
  })

  it('E32: reads further pages by number, whatever the next address says', async () => {
    const next = 'http://internal.invalid/?page=2'
    on(
      `GET ${routes.across}`,
      { json: { count: 2, next, results: [mine] } },
      { json: { count: 2, next: null, results: [{ ...mine, id: 2 }] } },
    )
    expect(await ids()).toHaveLength(2)
    expect(server.to(`GET ${routes.across}`).map(({ query }) => query.page)).toEqual(['1', '2'])
  })

  it('E31: a last page that vanished meanwhile ends the list', async () => {
    on(
      `GET ${routes.across}`,
      { json: { count: 2, next: 'x', results: [mine] } },
      { status: 404, json: { detail: 'Invalid page.' } },
      page(mine),
    )
    expect(await ids()).toEqual([`mentor:${mentor}:5012`])
  })

  it('E33: a memory met twice is shown once, and the list is read anew', async () => {
    const twice = { json: { count: 3, next: 'x', results: [mine, { ...mine, id: 2 }] } }
    on(
      `GET ${routes.across}`,
      twice,
      { json: { count: 3, next: null, results: [{ ...mine, id: 2 }] } },
      page(mine, { ...mine, id: 2 }, { ...mine, id: 3 }),
    )
    expect(await ids()).toHaveLength(3)
  })

  it('a server that gives the same page for ever is left', async () => {
    on(`GET ${routes.global}`, { json: { count: 99, next: 'x', results: [everywhere] } })
    expect(await ids()).toEqual(['global:61'])
  })

  it('shows what it may see where one place is refused', async () => {
    on(`GET ${routes.across}`, { status: 403 })
    on(`GET ${routes.global}`, page(everywhere))
    const { items, facts } = await pull()
    expect(items).toHaveLength(1)
    expect(facts.denied).toEqual(['mentor'])
  })

  it('fails when one place fails in passing, so that nothing seems deleted', async () => {
    on(`GET ${routes.across}`, page(mine))
    on(`GET ${routes.global}`, { status: 503 })
    expect(errorOf(await profile.api.pull(memory, profile.signal)).kind).toBe('server')
  })

  it('says of a place that is refused that what is missing may be there', async () => {
    on(`GET ${routes.across}`, { status: 403 })
    on(`GET ${routes.global}`, page(everywhere))
    expect((await pull()).unread).toMatchObject({ kind: 'forbidden', status: 403 })
  })

  it('says the same where one of the agents is refused', async () => {
    on(`GET ${routes.searched}`, page({ unique_id: mentor }, { unique_id: 'other' }))
    on(`GET ${routes.pages}`, page(mine))
    on(`GET ${routes.pages.replace(mentor, 'other')}`, { status: 403 })
    on(`GET ${routes.global}`, page(everywhere))
    const oneRefused = await pull()
    expect(oneRefused.items).toHaveLength(2)
    expect(oneRefused).toMatchObject({ unread: { status: 403 }, facts: { denied: ['mentor'] } })
  })

  it('says the same where the list of agents is refused', async () => {
    on(`GET ${routes.searched}`, { status: 403 })
    on(`GET ${routes.recent}`, { status: 403 })
    on(`GET ${routes.global}`, page(everywhere))
    const listRefused = await pull()
    expect(listRefused.items).toHaveLength(1)
    expect(listRefused).toMatchObject({ unread: { status: 403 }, facts: { denied: ['mentor'] } })
  })

  it('D26: takes the groups of an agent in an envelope too', async () => {
    on(`GET ${routes.ofMentor}`, page({ category: preferences, memories: [mine] }))
    expect(await ids()).toEqual([`mentor:${mentor}:5012`])
  })

  it('the older generation may show an agent by a number of its own: which it is is not known', async () => {
    on(`GET ${routes.legacy}`, page({ ...legacyRow, mentor: 7 }))
    expect((await pull()).items[0]?.values).not.toHaveProperty('agent')
  })

  it('fails when the agents to go through cannot be read in passing', async () => {
    on(`GET ${routes.global}`, page(everywhere))
    on(`GET ${routes.recent}`, { status: 503 })
    expect(errorOf(await profile.api.pull(memory, profile.signal)).kind).toBe('server')
  })

  it.each([403, 404])('E29: %i with memory switched off is an empty list', async (status) => {
    on(`GET ${routes.gate}`, { json: { enable_memsearch: false } })
    on(`GET ${routes.across}`, { status })
    on(`GET ${routes.global}`, { status })
    const { items, facts } = await pull()
    expect(items).toEqual([])
    expect(facts.gate).toBe(false)
  })

  it('E29: refused without that switch is a refusal', async () => {
    on(`GET ${routes.across}`, { status: 403 })
    on(`GET ${routes.global}`, { status: 403 })
    expect(errorOf(await profile.api.pull(memory, profile.signal)).kind).toBe('forbidden')
  })

  it('E8: neither generation at all is an error, not an empty list', async () => {
    expect(errorOf(await profile.api.pull(memory, profile.signal)).kind).toBe('not-found')
  })

  it('E30: an agent without categories yet is told from one that cannot be asked', async () => {
    on(`GET ${routes.across}`, page(mine))
    on(`GET ${routes.categories}`, page())
    expect((await pull()).facts.categories).toEqual({ [mentor]: [] })
  })

  it('says which choices could not be read, so that those of the copy stay', async () => {
    on(`GET ${routes.across}`, page(mine))
    on(`GET ${routes.categories}`, { status: 503, json: {} })
    const pulled = await pull()
    expect(pulled.addsTo).toContain('categories')
    expect(pulled.facts.categories).toEqual({})
  })

  it('asks for agents and categories once a minute, not with every read', async () => {
    on(`GET ${routes.across}`, page(mine))
    on(`GET ${routes.categories}`, page(preferences))
    await pull()
    await pull()
    expect(server.to(`GET ${routes.categories}`)).toHaveLength(1)
    expect(server.to(`GET ${routes.recent}`)).toHaveLength(1)
    expect(server.to(`GET ${routes.across}`)).toHaveLength(2)
  })
})
