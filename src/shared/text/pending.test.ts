import { describe, expect, it } from 'vitest'
import { companies } from '../domain/sections/companies'
import { education } from '../domain/sections/education'
import { basic } from '../domain/sections/basic'
import type { AnySection } from '../domain/sections/section'
import type { AppError } from '../errors'
import type { PendingChange } from '../sync/status'
import { pendingWords } from './pending'

const now = 1_000_000

const aChange = (some: Partial<PendingChange>): PendingChange => ({
  id: 'm',
  section: 'education',
  item: '7',
  icon: 'graduation-cap',
  op: 'update',
  title: 'MSc, Hydrology',
  fields: ['Grade', 'Activities'],
  editedAt: now,
  group: 'here',
  state: { kind: 'queued' },
  ...some,
})

const words = (some: Partial<PendingChange>, section: AnySection) =>
  pendingWords(aChange(some), { section, now, errors: { org: 'northwind' } })

const lateWrite = { kind: 'conflict', theirs: {}, seenAt: now, cause: 'late-write' } as const

describe('pendingWords', () => {
  it('says that an earlier edit has come late over a newer value', () => {
    expect(words({ state: lateWrite }, education).detail).toBe(
      'An earlier edit reached northwind late. Its answer was lost, and it has replaced a newer value. Nothing is lost: choose which of the two stays.',
    )
  })

  it.each([
    ['a changed entry', {}, education, 'MSc, Hydrology'],
    ['a new entry', { op: 'create' }, education, 'New: MSc, Hydrology'],
    ['a deleted entry', { op: 'delete' }, education, 'Delete: MSc, Hydrology'],
    ['a new company', { op: 'create', title: 'Delta' }, companies, 'New company: Delta'],
    ['changed fields', { fields: ['Title', 'About'] }, basic, 'Title, About'],
  ] as const)('names %s', (_, some, section, what) => {
    expect(words(some, section).what).toBe(what)
  })

  it('lists the changed fields of an entry', () => {
    expect(words({}, education).detail).toBe('Grade, Activities')
  })

  it.each([
    ['of an entry', { fields: ['Grade'], becomes: 'A' }, education, 'Grade: A'],
    ['of a section', { fields: ['Title'], becomes: 'Dr' }, basic, 'Dr'],
    ['that is long', { becomes: 'a'.repeat(90) }, basic, `${'a'.repeat(80)} …`],
    ['without a text to read', { fields: ['Languages'] }, basic, 'Basic'],
  ] as const)('says what a single field becomes, %s', (_, some, section, detail) => {
    expect(words(some, section).detail).toBe(detail)
  })

  it('says why an edit waits, where it is not the network that all wait for', () => {
    const waiting = (error: AppError) =>
      words({ state: { kind: 'waiting', until: now, error } }, education).detail
    expect(waiting({ kind: 'offline', reason: 'dns' })).toBe('Grade, Activities')
    expect(waiting({ kind: 'server', status: 503 })).toMatch(/\.$/)
    expect(waiting({ kind: 'server', status: 503 })).not.toContain('Grade')
  })

  it.each([
    ['Waiting', {}],
    ['Waits for its institution', { waitsFor: { title: 'Aqaba Tech', needsYou: false } }],
    [
      'Waits for its institution, which needs you',
      { waitsFor: { title: 'Aqaba Tech', needsYou: true } },
    ],
    ['Sending', { state: { kind: 'in-flight', since: now } }],
    ['Changed on both sides', { state: { kind: 'conflict', theirs: {}, seenAt: now } }],
    ['Replaced late', { state: lateWrite }],
    ['Refused', { state: { kind: 'blocked', error: { kind: 'forbidden' } } }],
    [
      'Tries again in 20 s',
      { state: { kind: 'waiting', until: now + 20_000, error: { kind: 'timeout' } } },
    ],
    ['Goes next', { state: { kind: 'waiting', until: now, error: { kind: 'timeout' } } }],
  ] as const)('says "%s"', (state, some) => {
    expect(words(some, education).state).toBe(state)
  })

  it.each([
    ['create', 'northwind found no place for this'],
    ['update', 'It is no longer on northwind'],
  ] as const)('says what it means that the platform did not find it: %s', (op, said) => {
    const state = { kind: 'blocked', error: { kind: 'not-found', status: 404 } } as const
    expect(words({ op, state }, education).detail).toContain(said)
  })

  it('quotes why the platform refused', () => {
    const state = {
      kind: 'blocked',
      error: { kind: 'invalid', fields: { institution: 'Institution not found.' } },
    } as const
    expect(words({ state }, education).detail).toContain('“Institution not found.”')
  })
})
