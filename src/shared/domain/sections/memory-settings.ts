import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { defineSection } from './section'

/** The platform's two memory switches. Switched off on either side, a switch stays off. */
export const memorySettings = defineSection({
  id: asSectionId('memory-settings'),
  title: 'Memory switches',
  icon: 'brain',
  cardinality: 'one',
  placement: 'toggles',
  service: 'dm',
  resource: { kind: 'memory-settings' },
  schema: v.object({ learn: check.flag, use: check.flag }),
  fields: {
    learn: { kind: 'flag', label: 'Allow AI to learn from conversations', merge: 'off-wins' },
    use: { kind: 'flag', label: 'Use saved information in responses', merge: 'off-wins' },
  },
  groups: [{ heading: 'Memory switches', fields: ['learn', 'use'] }],
  allows: { create: false, update: true, delete: false },
  words: { one: 'memory switches' },
})
