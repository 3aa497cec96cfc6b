import { expect, it } from 'vitest'
import { aMutation } from '../../../tests/fakes/main-records'
import { asMutationId, asSectionId } from '../../shared/domain/ids'
import { education } from '../../shared/domain/sections/education'
import { registry } from '../../shared/domain/sections/registry'
import { resume } from '../../shared/domain/sections/resume'
import { noticesOf } from './notices'

const edit = aMutation({ id: asMutationId('e'), section: education.id, title: 'MSc, Hydrology' })
const conflict = { ...edit, state: { kind: 'conflict', theirs: {}, seenAt: 1 } } as const
const refused = { ...edit, state: { kind: 'blocked', error: { kind: 'forbidden' } } } as const
const upload = aMutation({ id: asMutationId('r'), section: resume.id })

it('tells of an edit that got stuck, once, and without what stands in it', () => {
  expect(noticesOf([edit], [conflict], registry)).toEqual([
    { section: 'education', title: 'Education needs you', text: 'Changed on both sides.' },
  ])
  expect(noticesOf([conflict], [conflict], registry)).toEqual([])
  expect(noticesOf([edit], [refused], registry)).toMatchObject([{ text: 'Not permitted.' }])
  expect(JSON.stringify(noticesOf([edit], [refused], registry))).not.toContain('Hydrology')
})

it.each([
  ['memory-settings', 'memory', 'Memory'],
  ['institutions', 'education', 'Education'],
  ['companies', 'experience', 'Experience'],
])('leads from %s, which has no page, to %s', (section, page, title) => {
  const stuck = { ...refused, section: asSectionId(section) }
  expect(noticesOf([], [stuck], registry)).toMatchObject([
    { section: page, title: `${title} needs you` },
  ])
})

it('tells that a résumé has arrived, and of no other edit', () => {
  expect(noticesOf([edit, upload], [], registry)).toMatchObject([{ title: 'Résumé sent' }])
  expect(noticesOf([edit, upload], [upload], registry)).toEqual([])
})
