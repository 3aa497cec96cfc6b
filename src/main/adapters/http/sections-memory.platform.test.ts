import { afterEach, describe, expect, it } from 'vitest'
import { asItemId } from '../../../shared/domain/ids'
import { memory } from '../../../shared/domain/sections/memory'
import { memorySettings } from '../../../shared/domain/sections/memory-settings'
import { textOf } from '../../../shared/domain/values'
import { platformProfiles } from '../../../../tests/fakes/http-platform'
import { errorOf, valueOf } from '../../../../tests/fakes/http-profile'
import { only, pull, update } from '../../../../tests/fakes/platform-sections'

const { open, closeAll } = platformProfiles()

afterEach(closeAll)

describe('memory switches', () => {
  it.each([
    [['settings'], 'memsearch-settings'],
    [['metadata'], 'metadata'],
    [['public-metadata'], 'public_metadata'],
    // The metadata document repeats the account's keys.
    [['account'], 'metadata'],
    [['settings', 'metadata', 'public-metadata', 'account'], 'memsearch-settings'],
  ] as const)('are read from and written to %o', async (flagStores, store) => {
    const profile = await open({ flagStores })
    const { items, facts } = await pull(profile, memorySettings)
    expect(facts).toMatchObject({ store, gate: true })
    expect(facts.stores).toContain(store)
    expect(items[0]?.values).toEqual({ learn: true, use: true })
    const item = valueOf(await update(profile, memorySettings, { use: false }))
    expect(item?.values).toEqual({ learn: true, use: false })
    expect((await only(profile, memorySettings)).values).toEqual(item?.values)
  })

  it('are not set where the server does not say, and can be set', async () => {
    const profile = await open({ flags: 'unset' })
    expect((await only(profile, memorySettings)).values).toEqual({ learn: null, use: null })
    const item = valueOf(await update(profile, memorySettings, { learn: false }))
    expect(item?.values).toMatchObject({ learn: false })
  })

  it('say that a server takes and drops them', async () => {
    const profile = await open({ flagsStick: false })
    expect(errorOf(await update(profile, memorySettings, { use: false })).kind).toBe('not-stored')
  })
})

describe('memories', () => {
  const content = 'Prefers mornings for reading.'

  it.each([{}, { idsAsStrings: true, categoryList: 'array', pageLinks: 'internal' }] as const)(
    'lists all, adds, edits and deletes with %o',
    async (options) => {
      const profile = await open({ memories: 60, ...options })
      const { items, facts } = await pull(profile, memory)
      const { org, username } = profile.platform
      const stored = profile.platform
        .read()
        .memories.filter((entry) => entry.username === username && entry.org === org)
      expect(items).toHaveLength(stored.length)
      expect(facts).toMatchObject({ generation: 'current', hasGlobal: true, gate: true })
      const agents = items.map((item) => item.values.agent).filter((agent) => agent !== null)
      const agent = textOf(agents[0])
      const found = items.find((item) => item.values.agent === agent)
      const category = textOf(found?.values.category)
      const values = { content, agent, category }
      const created = valueOf(await profile.api.create(memory, values, profile.context))
      if (!created) throw new Error('no record in the answer')
      expect(created.values).toMatchObject({ ...values, isAutomatic: false })
      const find = async () =>
        (await pull(profile, memory)).items.find((item) => item.id === created.id)
      expect((await find())?.values).toEqual(created.values)
      const patch = { content: 'Prefers evenings for reading.' }
      valueOf(await profile.api.update(memory, created, patch, profile.context))
      expect((await find())?.values).toMatchObject(patch)
      valueOf(await profile.api.remove(memory, created, profile.context))
      expect(await find()).toBeUndefined()
    },
  )

  it('adds one for every agent, once', async () => {
    const profile = await open()
    const values = { content, agent: null, category: null }
    const created = valueOf(await profile.api.create(memory, values, profile.context))
    expect(created?.values).toMatchObject({ content, agent: null })
    expect(created?.can).toEqual({ update: false })
    const again = await profile.api.create(memory, values, profile.context)
    expect(errorOf(again)).toMatchObject({ kind: 'duplicate', status: 409 })
  })

  it('works with the older generation', async () => {
    const profile = await open({ generation: 'legacy' })
    const { items, facts } = await pull(profile, memory)
    expect(facts).toMatchObject({ generation: 'legacy' })
    const values = { content, agent: null, category: 'help_requests' }
    expect(valueOf(await profile.api.create(memory, values, profile.context))).toBeUndefined()
    const after = (await pull(profile, memory)).items
    expect(after).toHaveLength(items.length + 1)
    const created = after.find((item) => item.values.content === content)
    if (!created) throw new Error('not in the list')
    const patch = { content: 'Reads in the evening.' }
    valueOf(await profile.api.update(memory, created, patch, profile.context))
    valueOf(await profile.api.remove(memory, created, profile.context))
    expect((await pull(profile, memory)).items).toHaveLength(items.length)
  })

  it('shows an empty list and why when the organisation has switched memory off', async () => {
    const profile = await open({ memoryEnabled: false })
    const { items, facts } = await pull(profile, memory)
    expect(items).toEqual([])
    expect(facts).toMatchObject({ gate: false })
  })

  it('deletes a memory of the older generation only by its own id', async () => {
    const profile = await open({ generation: 'legacy' })
    const item = { id: asItemId('legacy:personal_information'), values: {}, wire: {} }
    expect(errorOf(await profile.api.remove(memory, item, profile.context)).kind).toBe('forbidden')
    expect(profile.platform.requests).toHaveLength(0)
  })
})
