import { afterEach, expect, it } from 'vitest'
import { checkExchange } from '../../../../tests/conformance/conformance'
import { unexplained } from '../../../../tests/conformance/deviations'
import { platformProfiles, type PlatformProfile } from '../../../../tests/fakes/http-platform'
import { valueOf } from '../../../../tests/fakes/http-profile'
import type { LoggedRequest } from '../../../demo-platform/http/request-log'
import { education } from '../../../shared/domain/sections/education'
import { institutions } from '../../../shared/domain/sections/institutions'
import { memory } from '../../../shared/domain/sections/memory'
import { memorySettings } from '../../../shared/domain/sections/memory-settings'
import { registry } from '../../../shared/domain/sections/registry'
import { resume } from '../../../shared/domain/sections/resume'
import type { AnySection } from '../../../shared/domain/sections/section'
import { probe } from './probe'

const { open, closeAll } = platformProfiles()

afterEach(closeAll)

/** The request alone: the log keeps no answers. */
const exchangeOf = ({ method, path, query, headers, body, parts }: LoggedRequest) => ({
  method,
  path,
  query,
  ...(headers['content-type'] !== undefined && {
    requestType: headers['content-type'].split(';')[0] ?? '',
    requestBody: parts.length > 0 ? true : body,
  }),
})

/** Everything the client can ask of the DM service. */
async function everything(profile: PlatformProfile): Promise<void> {
  const { api, scope, signal, context, spool } = profile
  await probe({ scope, api, sections: registry.all }, signal)
  const read = async (section: AnySection) => valueOf(await api.pull(section, signal)).items
  for (const section of registry.all) await read(section)
  const school = valueOf(await api.create(institutions, { name: 'Aqaba' }, context))
  const values = { institution: school?.id ?? '', startDate: '2020-01-01', isCurrent: true }
  const created = valueOf(await api.create(education, values, context))
  if (!created) throw new Error('no record in the answer')
  valueOf(await api.update(education, created, { grade: '3.9', endDate: null }, context))
  valueOf(await api.remove(education, created, context))
  const pdf = new TextEncoder().encode('%PDF-1.7 ').buffer
  const file = spool.add('cv.pdf', new Uint8Array(pdf))
  for (const current of await read(resume)) await api.update(resume, current, { file }, context)
  for (const current of await read(memorySettings)) {
    await api.update(memorySettings, current, { use: false }, context)
  }
  const content = 'Prefers mornings for reading.'
  await api.create(memory, { content, agent: null, category: 'personal_information' }, context)
  const [first] = await read(memory)
  if (!first) throw new Error('no memory')
  await api.update(memory, first, { content: 'Prefers evenings.' }, context)
  await api.remove(memory, first, context)
}

it.each([{ generation: 'current' }, { generation: 'legacy' }] as const)(
  'every request is as published, or a deviation that is argued (%o)',
  async (options) => {
    const profile = await open(options)
    await everything(profile)
    const findings = profile.platform.requests.map(exchangeOf).flatMap(checkExchange)
    expect(profile.platform.requests.length).toBeGreaterThan(30)
    expect(unexplained(findings)).toEqual([])
  },
)
