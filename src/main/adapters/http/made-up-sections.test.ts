import { beforeEach, describe, expect, it } from 'vitest'
import * as v from 'valibot'
import { account, accountProfile, metadataRoute } from '../../../../tests/fakes/account-profile'
import { careerProfile, routeOf } from '../../../../tests/fakes/career-profile'
import type { DeclaredServer } from '../../../../tests/fakes/declared-server'
import { valueOf, type HttpProfile } from '../../../../tests/fakes/http-profile'
import { asSectionId } from '../../../shared/domain/ids'
import { defineSection } from '../../../shared/domain/sections/section'

describe('a made-up section', () => {
  const { open, first, update, sent } = careerProfile()
  let server: DeclaredServer
  let profile: HttpProfile

  beforeEach(async () => {
    const declared = await open()
    ;({ server, profile } = declared)
    return declared.close
  })

  const programs = defineSection({
    id: asSectionId('programs'),
    title: 'Programs',
    icon: 'x',
    cardinality: 'many',
    placement: 'section',
    service: 'dm',
    resource: { kind: 'career', name: 'programs' },
    schema: v.object({
      homeInstitution: v.string(),
      programName: v.string(),
      firstYear: v.nullable(v.number()),
      isOnline: v.nullable(v.boolean()),
      topics: v.array(v.string()),
    }),
    fields: {
      homeInstitution: { kind: 'reference', to: asSectionId('institutions'), label: 'Institution' },
      programName: { kind: 'text', limit: 50, label: 'Name' },
      firstYear: { kind: 'year', label: 'First year' },
      isOnline: { kind: 'flag', label: 'Online' },
      topics: { kind: 'choices', options: [], label: 'Topics' },
    },
    groups: [],
    allows: { create: true, update: true, delete: true },
    words: { one: 'program' },
  })
  const wire = {
    id: 5,
    home_institution: { id: 57, name: 'UJ' },
    program_name: 'Water',
    first_year: 2020,
    is_online: true,
    topics: ['a', 'b'],
  }
  const values = {
    homeInstitution: '57',
    programName: 'Water',
    firstYear: 2020,
    isOnline: true,
    topics: ['a', 'b'],
  }

  it('is read, created, replaced and deleted by its descriptor alone', async () => {
    const at = routeOf('programs')
    server.on(`GET ${at}`, { json: [wire] })
    server.on(`POST ${at}`, { json: wire })
    server.on(`PUT ${at}`, { json: { ...wire, first_year: 2021 } })
    server.on(`DELETE ${at}`, { status: 204 })
    const item = await first(programs)
    expect(item.values).toEqual(values)
    const created = valueOf(await profile.api.create(programs, values, profile.context))
    expect(created).toEqual(item)
    const updated = valueOf(await update({ firstYear: 2021 }, programs))
    expect(updated?.values).toEqual({ ...values, firstYear: 2021 })
    valueOf(await profile.api.remove(programs, item, profile.context))
    const flat = {
      home_institution_id: 57,
      program_name: 'Water',
      first_year: 2020,
      is_online: true,
      topics: ['a', 'b'],
    }
    expect(sent(`POST ${at}`)).toEqual([flat])
    expect(sent(`PUT ${at}`)).toEqual([{ ...flat, id: 5, first_year: 2021 }])
  })
})

describe('a made-up section on the account', () => {
  const { open, declare, onPatch, pull, update, patches } = accountProfile()
  let server: DeclaredServer

  beforeEach(async () => {
    const declared = await open()
    ;({ server } = declared)
    return declared.close
  })

  const contact = defineSection({
    id: asSectionId('contact'),
    title: 'Contact',
    icon: 'phone',
    cardinality: 'one',
    placement: 'section',
    service: 'lms',
    resource: { kind: 'account' },
    schema: v.object({ phoneNumber: v.nullable(v.string()), accountPrivacy: v.string() }),
    fields: {
      phoneNumber: { kind: 'text', limit: 50, label: 'Phone' },
      accountPrivacy: { kind: 'choice', options: [], label: 'Privacy' },
    },
    groups: [],
    allows: { create: false, update: true, delete: false },
    words: { one: 'contact' },
  })

  it('reads and writes by the descriptor alone', async () => {
    declare({ phone_number: '+962', account_privacy: 'private' })
    expect((await pull(contact)).values).toEqual({
      phoneNumber: '+962',
      accountPrivacy: 'private',
    })
    onPatch({ json: { ...account, phone_number: null, account_privacy: 'private' } })
    const item = valueOf(await update({ phoneNumber: null }, contact))
    expect(patches()).toEqual([{ phone_number: '' }])
    expect(item?.values.phoneNumber).toBeNull()
    expect(server.to(`GET ${metadataRoute}`)).toEqual([])
  })
})
