import { afterEach, describe, expect, it } from 'vitest'
import { companies } from '../../../shared/domain/sections/companies'
import { education } from '../../../shared/domain/sections/education'
import { experience } from '../../../shared/domain/sections/experience'
import { institutions } from '../../../shared/domain/sections/institutions'
import { resume } from '../../../shared/domain/sections/resume'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { Values } from '../../../shared/domain/values'
import type { PlatformOptions } from '../../../demo-platform/options'
import { platformProfiles } from '../../../../tests/fakes/http-platform'
import { errorOf, valueOf } from '../../../../tests/fakes/http-profile'
import { only, pull, update } from '../../../../tests/fakes/platform-sections'

const { open, closeAll } = platformProfiles()

afterEach(closeAll)

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

const pdf = (size: number) => {
  const bytes = new Uint8Array(size).fill(0x20)
  bytes.set(new TextEncoder().encode('%PDF-1.7\n'))
  return bytes
}

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
