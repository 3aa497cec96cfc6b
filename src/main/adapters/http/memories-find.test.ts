import { beforeEach, expect, it } from 'vitest'
import type { DeclaredAnswer, DeclaredServer } from '../../../../tests/fakes/declared-server'
import {
  errorOf,
  instantClock,
  startDeclaredProfile,
  valueOf,
  type HttpProfile,
} from '../../../../tests/fakes/http-profile'
import { asItemId } from '../../../shared/domain/ids'
import { memory } from '../../../shared/domain/sections/memory'
import { ok } from '../../../shared/result'

const user = '/dm/api/ai-mentor/orgs/northwind/users/noor.haddad'
const mentor = '5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10'
const across = `GET ${user}/mentor-memories/`
const global = `GET ${user}/global-memories/`

const aMemory = (id: number, content = 'Prefers worked examples.') => ({
  ...{ id, mentor_id: mentor, username: 'noor.haddad', content },
})
const idOf = (id: number) => asItemId(`mentor:${mentor}:${id}`)
const page = (next: string | null, ...results: readonly object[]): DeclaredAnswer => ({
  json: { count: 4, next, results },
})

let server: DeclaredServer
let profile: HttpProfile

beforeEach(async () => {
  const declared = await startDeclaredProfile({ clock: instantClock() })
  ;({ server, profile } = declared)
  return declared.close
})

const find = async (id: string) =>
  (await profile.api.find?.(memory, asItemId(id), profile.signal)) ?? ok(undefined)
const found = async (id: string) => valueOf(await find(id))
const askedFor = () => server.to(across).map(({ query }) => query.page)

/** Four memories on two pages, which have been read. `later` is answered from then on. */
async function afterReading(...later: readonly DeclaredAnswer[]) {
  const first = page('x', aMemory(1), aMemory(2))
  server.on(across, first, page(null, aMemory(3), aMemory(4)), ...later)
  server.on(global, page(null, { id: 61, content: 'Works in Amman.' }))
  valueOf(await profile.api.pull(memory, profile.signal))
  return askedFor().length
}

it('looks where the memory was met', async () => {
  const before = await afterReading(page(null, aMemory(3, 'changed elsewhere'), aMemory(4)))
  expect((await found(idOf(3)))?.values).toMatchObject({ content: 'changed elsewhere' })
  expect(askedFor().slice(before)).toEqual(['2'])
})

it('looks on the page before it too, where it moves when others are deleted', async () => {
  const before = await afterReading(page(null, aMemory(4)), page('x', aMemory(2), aMemory(3)))
  expect((await found(idOf(3)))?.id).toBe(idOf(3))
  expect(askedFor().slice(before)).toEqual(['2', '1'])
})

it('finds one that is for every agent in its own list', async () => {
  await afterReading()
  expect((await found('global:61'))?.values).toMatchObject({ content: 'Works in Amman.' })
})

it('does not take another agent’s for it, nor another person’s', async () => {
  const others = [
    { ...aMemory(3), mentor_id: 'another' },
    { ...aMemory(3), username: 'someone.else' },
  ]
  await afterReading(...others.map((other) => page(null, other)))
  expect(await found(idOf(3))).toBeUndefined()
})

it('E31: a page that is no more tells nothing', async () => {
  await afterReading({ status: 404, json: { detail: 'Invalid page.' } })
  expect(await found(idOf(3))).toBeUndefined()
})

it('a failure is one: it does not look as if the memory were gone', async () => {
  await afterReading({ status: 400, json: { detail: 'no' } })
  expect(errorOf(await find(idOf(3)))).toMatchObject({
    kind: 'invalid',
  })
})

it('asks nothing of what was never met, nor before anything was read', async () => {
  expect(await found(idOf(3))).toBeUndefined()
  const before = await afterReading()
  expect(await found(idOf(99))).toBeUndefined()
  expect(await found('legacy:f2a0c9d4-7a2f-4f0e-8e49-2a7f9f3b1c55')).toBeUndefined()
  expect(askedFor()).toHaveLength(before)
})
