import type { Platform } from '../../../src/demo-platform/platform'
import type { CareerKind, CareerRecord, Person } from '../../../src/demo-platform/store/state'

/** What the platform really holds about its demo person. */
export const personOn = (platform: Platform): Person => {
  const person = platform.read().people.find(({ username }) => username === platform.username)
  if (!person) throw new Error('the demo person is gone')
  return person
}

export const careerOn = (platform: Platform, kind: CareerKind): readonly CareerRecord[] =>
  platform.read().career[kind].filter(({ username }) => username === platform.username)

export const recordOn = (
  platform: Platform,
  kind: CareerKind,
  id: number,
): CareerRecord['fields'] => {
  const record = careerOn(platform, kind).find((entry) => entry.id === id)
  if (!record) throw new Error(`there is no ${kind} ${id}`)
  return record.fields
}

export const memoriesOn = (platform: Platform) =>
  platform.read().memories.filter(({ username }) => username === platform.username)

export const resumeOn = (platform: Platform) =>
  platform.read().resumes.find(({ username }) => username === platform.username)

/** Method and path of everything that was to change something. */
export const writesOn = (platform: Platform): readonly string[] =>
  platform.requests
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path}`)

/** Changes the demo person as another device would. */
export function changePerson(platform: Platform, change: Partial<Person>): void {
  platform.change((state) => {
    Object.assign(state.people.find(({ username }) => username === platform.username) ?? {}, change)
  })
}
