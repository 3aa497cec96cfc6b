import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { languageCodes } from '../languages'
import { countryCodes } from '../countries'
import { validateValues } from '../validation'
import { equalValue, tidyValue, type FieldValue } from '../values'
import { registry } from './registry'
import type { FieldDescriptor } from './section'

/** A value of a field that nobody would refuse. */
function goodValue(field: FieldDescriptor): FieldValue {
  switch (field.kind) {
    case 'email':
      return 'noor@example.org'
    case 'year':
      return 1988
    case 'decimal':
      return '3.85'
    case 'choice':
      return field.options === 'countries'
        ? 'AE'
        : typeof field.options === 'string'
          ? 'en'
          : (field.options[0]?.value ?? null)
    case 'choices':
      return ['en', 'ar']
    case 'month':
      return '2020-09-01'
    case 'flag':
      return true
    case 'reference':
      return '7'
    case 'social-link':
      return 'noorhaddad'
    case 'file':
      return { name: 'a.pdf', size: 10, spoolId: 's' }
    case 'shown':
      return null
    case 'text':
    case 'long-text':
    case 'suggest':
      return /website|logo/i.test(field.label) ? 'https://example.org/x' : 'Ten characters'
  }
}

const emptyValues: readonly FieldValue[] = [null, '', '   ']

describe.each(registry.all.map((section) => [section.id, section] as const))(
  'section %s',
  (_id, section) => {
    const keys = Object.keys(section.schema.entries)
    const fields = Object.entries(section.fields)
    const whole = Object.fromEntries(
      fields.map(([key, field]) => [
        key,
        section.id === 'memory' && key === 'content' ? 'Ten characters' : goodValue(field),
      ]),
    )

    it('names every key of its schema, and none besides', () => {
      expect(Object.keys(section.fields).toSorted()).toEqual(keys.toSorted())
    })

    it('has a label for every field, each once', () => {
      const labels = fields.map(([, field]) => field.label)
      expect(labels.every((label) => label.trim() !== '')).toBe(true)
      expect(new Set(labels).size).toBe(labels.length)
    })

    it('groups existing fields, each once', () => {
      const grouped = section.groups.flatMap((group) => group.fields)
      expect(grouped.filter((key) => !keys.includes(key))).toEqual([])
      expect(new Set(grouped).size).toBe(grouped.length)
    })

    it('refers to existing fields and sections only', () => {
      const { row } = section
      const named = [
        ...(section.identity ?? []),
        ...(section.sortBy ?? []),
        ...(row?.title ?? []),
        ...(row?.subtitle ?? []),
        ...[row?.from, row?.until, row?.current].filter((key) => key !== undefined),
        ...(section.rules ?? []).flatMap((rule) => [rule.field, rule.than]),
        ...fields.flatMap(([, field]) => field.unless ?? []),
      ]
      expect(named.filter((key) => !keys.includes(key))).toEqual([])
      const targets = fields.flatMap(([, field]) => (field.kind === 'reference' ? [field.to] : []))
      expect(targets.filter((target) => !registry.find(target))).toEqual([])
    })

    it('says how a lost create finds its record, and how a row reads, where there are many', () => {
      const isMany = section.cardinality === 'many'
      expect(section.identity !== undefined).toBe(isMany && section.allows.create)
      expect(section.row !== undefined).toBe(isMany)
      if (section.cardinality === 'one')
        expect(section.allows).toMatchObject({ create: false, delete: false })
    })

    it('takes a complete record', () => {
      expect(validateValues(section, whole)).toEqual({})
    })

    it('gives its values back after a way through text', () => {
      const back = JSON.parse(JSON.stringify(whole)) as typeof whole
      for (const key of keys) expect(equalValue(back[key], whole[key])).toBe(true)
    })

    it.each(fields)(
      '%s takes every form of empty, or asks for a value in a sentence',
      (key, field) => {
        for (const empty of field.kind === 'choices' ? [null, []] : emptyValues) {
          const problem = validateValues(section, { ...whole, [key]: empty }, [key])[key]
          if (field.required) expect(problem).toMatch(/\.$/)
          else expect(problem).toBeUndefined()
        }
      },
    )

    it.each(fields.filter(([, field]) => 'limit' in field))(
      '%s refuses one character too many',
      (key, field) => {
        const limit = 'limit' in field ? (field.limit ?? 0) : 0
        if (limit === 0) return
        const start = /website|logo/i.test(field.label) ? 'https://e.org/' : ''
        const longest = start + 'a'.repeat(limit - start.length)
        expect(validateValues(section, { ...whole, [key]: longest }, [key])).toEqual({})
        expect(validateValues(section, { ...whole, [key]: `${longest}a` }, [key])[key]).toBe(
          `At most ${limit} characters.`,
        )
      },
    )

    it.each(section.rules ?? [])('holds the rule about $field', (rule) => {
      const broken = {
        ...whole,
        isCurrent: false,
        [rule.than]: '2020-09-01',
        [rule.field]: '2019-09-30',
      }
      expect(validateValues(section, broken)).toMatchObject({ [rule.field]: rule.message })
    })

    it('answers every wrong type with a sentence', () => {
      for (const [key, field] of fields) {
        if (field.kind === 'shown') continue
        const problem = validateValues(
          section,
          { ...whole, isCurrent: false, [key]: { name: 3 } as never },
          [key],
        )[key]
        expect(problem, key).toEqual(expect.any(String))
      }
    })

    it('keeps texts as they are but for blanks around them', () => {
      expect(tidyValue('  a  b ')).toBe('a  b')
      expect(v.is(section.schema, { ...whole })).toBe(true)
    })
  },
)

describe('lists of codes', () => {
  it('has the 186 languages and the 249 countries, each once', () => {
    expect(new Set(languageCodes).size).toBe(186)
    expect(languageCodes).toHaveLength(186)
    expect(new Set(countryCodes).size).toBe(249)
    expect(countryCodes).toHaveLength(249)
  })
})
