import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { asSectionId } from '../domain/ids'
import * as check from '../domain/sections/checks'
import { basic } from '../domain/sections/basic'
import { memorySettings } from '../domain/sections/memory-settings'
import { resume } from '../domain/sections/resume'
import { defineSection } from '../domain/sections/section'
import { social } from '../domain/sections/social'
import { equalValue, type Values } from '../domain/values'
import { mergeFields, mergeSets } from './merge'

const notes = defineSection({
  id: asSectionId('notes'),
  title: 'Notes',
  icon: 'file-text',
  cardinality: 'many',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'career', name: 'notes' },
  schema: v.object({ a: check.text(9), b: check.text(9), c: check.text(9) }),
  fields: {
    a: { kind: 'text', limit: 9, label: 'A' },
    b: { kind: 'text', limit: 9, label: 'B' },
    c: { kind: 'text', limit: 9, label: 'C' },
  },
  groups: [{ heading: 'Note', fields: ['a', 'b', 'c'] }],
  allows: { create: true, update: true, delete: true },
  words: { one: 'note' },
})

const text = fc.option(fc.constantFrom('x', 'y', 'z', ''), { nil: null })
const record = fc.record({ a: text, b: text, c: text })
const patch = fc.record({ a: text, b: text, c: text }, { requiredKeys: [] })
const keysOf = (values: Values) => Object.keys(values)

describe('mergeFields', () => {
  it('writes the edit as it is where nobody else changed anything', () => {
    fc.assert(
      fc.property(record, patch, (base, local) => {
        const { toWrite, contested } = mergeFields(notes, { base, local, remote: base })
        expect(contested).toEqual({})
        for (const key of keysOf(local)) {
          const isSame = equalValue(local[key as 'a'], base[key as 'a'])
          expect(key in toWrite).toBe(!isSame)
        }
      }),
    )
  })

  it('has nothing to do where both sides are equal', () => {
    fc.assert(
      fc.property(record, record, (base, both) => {
        expect(mergeFields(notes, { base, local: both, remote: both })).toEqual({
          toWrite: {},
          contested: {},
        })
      }),
    )
  })

  it('never invents a value and puts each field in one place at most', () => {
    fc.assert(
      fc.property(record, patch, record, (base, local, remote) => {
        const { toWrite, contested } = mergeFields(notes, { base, local, remote })
        for (const key of keysOf(toWrite)) {
          expect(toWrite[key]).toBe(local[key as 'a'])
          expect(key in contested).toBe(false)
        }
        for (const key of keysOf(contested)) expect(contested[key]).toBe(remote[key as 'a'])
      }),
    )
  })

  it('is done once what it says has been written', () => {
    fc.assert(
      fc.property(record, patch, record, (base, local, remote) => {
        const { toWrite, contested } = mergeFields(notes, { base, local, remote })
        fc.pre(keysOf(contested).length === 0)
        const after = { ...remote, ...toWrite }
        expect(mergeFields(notes, { base, local, remote: after }).toWrite).toEqual({})
      }),
    )
  })

  it('merges disjoint fields whichever comes first', () => {
    fc.assert(
      fc.property(record, fc.string(), fc.string(), (base, mine, theirs) => {
        const remote = { ...base, b: theirs }
        const merged = mergeFields(notes, { base, local: { a: mine }, remote })
        expect(merged.contested).toEqual({})
        expect({ ...remote, ...merged.toWrite }).toEqual({
          ...{ ...base, ...mergeFields(notes, { base, local: { a: mine }, remote: base }).toWrite },
          b: theirs,
        })
      }),
    )
  })

  it('asks where both sides changed the same field', () => {
    const input = { base: { a: 'x' }, local: { a: 'y' }, remote: { a: 'z' } }
    expect(mergeFields(notes, input)).toEqual({ toWrite: {}, contested: { a: 'z' } })
  })

  it('knows its own earlier attempt again', () => {
    const input = { base: { a: 'x' }, local: { a: 'y' }, remote: { a: 'z' } }
    const sent = [{ a: 'w' }, { a: 'z' }]
    expect(mergeFields(notes, { ...input, sent }).toWrite).toEqual({ a: 'y' })
  })

  it('writes where the server does not tell the value', () => {
    expect(mergeFields(notes, { base: {}, local: { a: 'y' }, remote: {} }).toWrite).toEqual({
      a: 'y',
    })
  })

  it.each([
    [{ base: true, local: true, remote: false }, {}],
    [{ base: null, local: true, remote: false }, {}],
    [{ base: false, local: true, remote: false }, { learn: true }],
    [{ base: true, local: false, remote: true }, { learn: false }],
    [{ base: null, local: false, remote: true }, { learn: false }],
    [{ base: null, local: true, remote: null }, { learn: true }],
  ])('leaves a switch off that either side turned off: %j', (of, toWrite) => {
    const [base, local, remote] = [of.base, of.local, of.remote].map((learn) => ({ learn }))
    expect(
      mergeFields(memorySettings, { base: base ?? {}, local: local ?? {}, remote: remote ?? {} }),
    ).toEqual({ toWrite, contested: {} })
  })

  it('stays off even where an attempt of ours said off before', () => {
    const input = { base: { learn: true }, local: { learn: true }, remote: { learn: false } }
    expect(mergeFields(memorySettings, { ...input, sent: [{ learn: false }] }).toWrite).toEqual({})
  })

  it('merges languages by code', () => {
    const merged = mergeFields(basic, {
      base: { languages: ['en', 'fr'] },
      local: { languages: ['en', 'de'] },
      remote: { languages: ['en', 'fr', 'ar'] },
    })
    expect(merged).toEqual({ toWrite: { languages: ['en', 'ar', 'de'] }, contested: {} })
  })

  it('takes the twitter and the x form of a name for one', () => {
    const merged = mergeFields(social, {
      base: { x: null },
      local: { x: 'https://www.x.com/noor' },
      remote: { x: 'https://www.twitter.com/noor' },
    })
    expect(merged).toEqual({ toWrite: {}, contested: {} })
  })

  it('recognises an uploaded file after a lost answer, but not one that was there before', () => {
    const file = { name: 'cv.pdf', size: 10, spoolId: 's1', sha256: 'h' }
    const there = { name: 'cv.pdf', size: 10 }
    const lost = { local: { file }, remote: { file: there }, sent: [{ file }] }
    expect(mergeFields(resume, { base: { file: null }, ...lost }).toWrite).toEqual({})
    expect(mergeFields(resume, { base: { file: there }, ...lost }).toWrite).toEqual({ file })
    const unsent = { base: { file: null }, local: { file }, remote: { file: there } }
    expect(mergeFields(resume, unsent).toWrite).toEqual({ file })
  })
})

describe('mergeSets', () => {
  const codes = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))

  it('adds again what an unanswered write has removed, and nothing that others have', () => {
    const writes = [{ before: ['en', 'de'], body: ['en'] }]
    const base = ['en', 'fr', 'de']
    expect(mergeSets(base, base, ['en', 'ja'], writes)).toEqual(['en', 'ja', 'de'])
  })

  it('removes again what an unanswered write has added', () => {
    const writes = [{ before: ['en'], body: ['en', 'de'] }]
    expect(mergeSets(['en'], ['en'], ['en', 'de', 'ja'], writes)).toEqual(['en', 'ja'])
  })

  it('adds what an unanswered write has not brought there', () => {
    const writes = [{ before: ['en'], body: ['en', 'de'] }]
    expect(mergeSets(['en'], ['en', 'de'], ['en', 'ja'], writes)).toEqual(['en', 'ja', 'de'])
  })

  it('knows what each of several unanswered writes has done', () => {
    const writes = [
      { before: ['en'], body: ['en', 'de'] },
      { before: ['en', 'fr'], body: ['en'] },
    ]
    const wanted = ['en', 'fr', 'es']
    expect(mergeSets(['en', 'fr'], wanted, ['en', 'de', 'ja'], writes)).toEqual([
      'en',
      'ja',
      'fr',
      'es',
    ])
  })

  it('adds what was added, removes what was removed, keeps the rest, without doubles', () => {
    fc.assert(
      fc.property(codes, codes, codes, (base, local, remote) => {
        const merged = mergeSets(base, local, remote)
        expect(new Set(merged).size).toBe(merged.length)
        for (const code of merged) expect([...local, ...remote]).toContain(code)
        for (const code of base) if (!local.includes(code)) expect(merged).not.toContain(code)
        for (const code of local) if (!base.includes(code)) expect(merged).toContain(code)
      }),
    )
  })
})
