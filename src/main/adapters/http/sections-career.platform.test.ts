import { afterEach, describe, expect, it } from 'vitest'
import { asItemId, selfItemId } from '../../../shared/domain/ids'
import { basic } from '../../../shared/domain/sections/basic'
import { companies } from '../../../shared/domain/sections/companies'
import { education } from '../../../shared/domain/sections/education'
import { experience } from '../../../shared/domain/sections/experience'
import { institutions } from '../../../shared/domain/sections/institutions'
import { memory } from '../../../shared/domain/sections/memory'
import { memorySettings } from '../../../shared/domain/sections/memory-settings'
import { resume } from '../../../shared/domain/sections/resume'
import type { AnySection } from '../../../shared/domain/sections/section'
import { social } from '../../../shared/domain/sections/social'
import { textOf, type Values } from '../../../shared/domain/values'
import type { ServerItem } from '../../../shared/sync/state'
import type { PlatformOptions } from '../../../demo-platform/options'
import { platformProfiles } from '../../../../tests/fakes/http-platform'
import { errorOf, valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'

const { open, closeAll } = platformProfiles()

afterEach(closeAll)

const pull = async ({ api, signal }: HttpProfile, section: AnySection) =>
  valueOf(await api.pull(section, signal))

async function only(profile: HttpProfile, section: AnySection): Promise<ServerItem> {
  const [item] = (await pull(profile, section)).items
  if (!item) throw new Error(`nothing in ${section.id}`)
  return item
}

async function update(profile: HttpProfile, section: AnySection, patch: Values) {
  const current = await only(profile, section)
  return profile.api.update(section, current, patch, profile.context)
}

const pdf = (size: number) => {
  const bytes = new Uint8Array(size).fill(0x20)
  bytes.set(new TextEncoder().encode('%PDF-1.7\n'))
  return bytes
}

describe('basic information', () => {
  it('reads what the platform has', async () => {
    const profile = await open()
    const { items, facts } = await pull(profile, basic)
    expect(items).toHaveLength(1)
    expect(items[0]?.id).toBe(selfItemId)
    expect(items[0]?.values).toMatchObject({ name: 'Noor Haddad', pendingEmail: null })
    expect(facts).toMatchObject({ isOwn: true })
  })

  it.each([{ patchAnswer: 200 }, { patchAnswer: 204 }] as const)(
    'writes every field and reads it back with %o',
    async (options) => {
      const profile = await open(options)
      const patch = {
        name: 'Noor H.',
        title: 'Principal data engineer',
        bio: 'Hydrologist.',
        languages: ['en', 'ar', 'zh_HANS'],
        country: 'DE',
        yearOfBirth: 1990,
        levelOfEducation: 'other',
      }
      const item = valueOf(await update(profile, basic, patch))
      expect(item?.values).toMatchObject({ ...patch, languages: ['ar', 'en', 'zh_HANS'] })
      expect((await only(profile, basic)).values).toEqual(item?.values)
    },
  )

  it('empties every field that can be empty', async () => {
    const profile = await open()
    const patch = { title: null, bio: null, languages: [], country: null, levelOfEducation: null }
    valueOf(await update(profile, basic, patch))
    expect((await only(profile, basic)).values).toMatchObject(patch)
  })

  it('announces an email change that waits for its confirmation', async () => {
    const profile = await open()
    const before = (await only(profile, basic)).values.email
    const item = valueOf(await update(profile, basic, { email: 'new@example.org' }))
    expect(item?.values).toMatchObject({ email: before, pendingEmail: 'new@example.org' })
    profile.platform.confirmEmail(profile.platform.username)
    expect((await only(profile, basic)).values.email).toBe('new@example.org')
  })

  it('replaces and removes the picture', async () => {
    const profile = await open()
    const jpeg = new Uint8Array(4_000)
    jpeg.set([0xff, 0xd8, 0xff, 0xe0])
    const photo = profile.spool.add('me.jpg', jpeg, 'image/jpeg')
    const before = await only(profile, basic)
    const item = valueOf(await update(profile, basic, { photo }))
    expect(item?.values.photo).not.toEqual(before.values.photo)
    expect((await pull(profile, basic)).facts).toHaveProperty('photoUrl')
    const without = valueOf(await update(profile, basic, { photo: null }))
    expect(without?.values.photo).toBeNull()
    expect((await pull(profile, basic)).facts).not.toHaveProperty('photoUrl')
  })
})

describe('social links', () => {
  it.each([{ social: 'twitter' }, { social: 'x' }] as const)(
    'writes, reads back and removes each with %o',
    async (options) => {
      const profile = await open(options)
      const none = { linkedin: null, facebook: null, x: null }
      valueOf(await update(profile, social, none))
      expect((await only(profile, social)).values).toMatchObject(none)
      const links = {
        linkedin: 'https://www.linkedin.com/in/noor-haddad',
        facebook: 'https://www.facebook.com/noor.haddad',
        x: 'https://www.x.com/noorhaddad',
      }
      const item = valueOf(await update(profile, social, links))
      expect(item?.values).toMatchObject(links)
      expect((await pull(profile, social)).facts).toMatchObject({ xHost: `${options.social}.com` })
    },
  )
})

const careerOptions: readonly PlatformOptions[] = [
  {},
  { careerList: 'envelope', idsAsStrings: true, careerCreated: 201 },
  { careerList: 'data', nested: false, idPlace: 'query' },
  { careerList: 'single', idPlace: 'body' },
]

describe.each(careerOptions)('career collections with %o', (options) => {
  const records: readonly (readonly [AnySection, AnySection | undefined, string, Values])[] = [
    [institutions, undefined, '', { name: 'Aqaba Technical College', institutionType: 'college' }],
    [companies, undefined, '', { name: 'Delta Gauge', website: 'https://deltagauge.example' }],
    [
      education,
      institutions,
      'institution',
      { degree: 'MSc', startDate: '2011-09-01', grade: '3.8', isCurrent: false },
    ],
    [experience, companies, 'company', { title: 'Engineer', startDate: '2020-02-01' }],
  ]

  it.each(records.map(([section, ...rest]) => [section.id, section, ...rest] as const))(
    '%s: creates, reads, updates',
    async (_id, ...[section, parents, reference, values]) => {
      const profile = await open(options)
      const parent = parents && (await pull(profile, parents)).items[0]
      const whole = parent ? { ...values, [reference]: parent.id } : values
      const created = valueOf(await profile.api.create(section, whole, profile.context))
      const find = async () =>
        (await pull(profile, section)).items.find((item) => item.id === created?.id)
      const read = await find()
      if (!read) throw new Error('not in the list')
      expect(read.values).toMatchObject({ ...whole, ...(values.grade && { grade: '3.80' }) })
      const key = section.fields.location
        ? 'location'
        : section.fields.degree
          ? 'degree'
          : 'industry'
      const updated = valueOf(
        await profile.api.update(section, read, { [key]: 'Amman' }, profile.context),
      )
      expect(updated?.values).toMatchObject({ ...read.values, [key]: 'Amman' })
      const emptied = { [key]: null }
      valueOf(await profile.api.update(section, read, emptied, profile.context))
      expect((await find())?.values).toMatchObject({ ...read.values, [key]: null })
    },
  )
})

describe('career deletes', () => {
  it('deletes a record and takes a second delete for done', async () => {
    const profile = await open()
    const item = await only(profile, education)
    valueOf(await profile.api.remove(education, item, profile.context))
    valueOf(await profile.api.remove(education, item, profile.context))
    const ids = (await pull(profile, education)).items.map(({ id }) => id)
    expect(ids).not.toContain(item.id)
  })

  it('learns that a server does not delete', async () => {
    const profile = await open({ careerDelete: false })
    const item = await only(profile, education)
    expect(errorOf(await profile.api.remove(education, item, profile.context))).toMatchObject({
      kind: 'forbidden',
      status: 405,
    })
    expect((await only(profile, education)).can).toEqual({ delete: false })
    expect((await pull(profile, education)).facts).toEqual({ canDelete: false })
  })
})

describe('résumé', () => {
  it.each(['404', 'object', 'files', 'array', 'null', 'empty'] as const)(
    'reads "%s" as none and uploads the first one',
    async (resumeNone) => {
      const profile = await open({ filled: false, resumeNone })
      expect((await only(profile, resume)).values).toMatchObject({ file: null })
      const file = profile.spool.add('cv.pdf', pdf(300_000))
      valueOf(await update(profile, resume, { file }))
      expect((await only(profile, resume)).values.file).toMatchObject({ name: 'cv.pdf' })
      expect(profile.progress.at(-1)?.[0]).toBe(profile.progress.at(-1)?.[1])
    },
  )

  it.each([
    {},
    { resumePut: false, resumeAgain: 'replace' },
    { resumeAnswer: 'empty' },
    { files: 'relative' },
    { files: 'other-origin' },
  ] as const)('replaces a résumé and fetches it again with %o', async (options) => {
    const profile = await open(options)
    const before = await only(profile, resume)
    const bytes = pdf(1_500_000)
    const file = profile.spool.add('new cv.pdf', bytes)
    valueOf(await update(profile, resume, { file }))
    const after = await only(profile, resume)
    expect(after.values.file).toMatchObject({ sha256: file.sha256 })
    expect(after.values.links).toEqual(before.values.links)
  })

  it('says which files a replacing server has dropped', async () => {
    const profile = await open({ resumeKeeps: 'nothing' })
    const before = await only(profile, resume)
    valueOf(await update(profile, resume, { file: profile.spool.add('cv.pdf', pdf(2_000)) }))
    const { facts } = await pull(profile, resume)
    expect(facts.vanished ?? []).toEqual(before.values.otherFiles)
  })

  it('says that a file is too large for the platform', async () => {
    const profile = await open({ maxResumeBytes: 100_000 })
    const file = profile.spool.add('cv.pdf', pdf(200_000))
    expect(errorOf(await update(profile, resume, { file }))).toMatchObject({
      kind: 'file',
      reason: 'too-large',
      status: 413,
    })
  })
})

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
