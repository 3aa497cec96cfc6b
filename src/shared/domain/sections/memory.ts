import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { defineSection } from './section'

export const memory = defineSection({
  id: asSectionId('memory'),
  title: 'Memory',
  icon: 'brain',
  cardinality: 'many',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'memories' },
  schema: v.object({
    content: v.pipe(
      v.string('Write at least 10 characters.'),
      v.minLength(10, 'Write at least 10 characters.'),
    ),
    agent: check.text(200),
    category: check.text(200),
    isAutomatic: check.shown,
    createdAt: check.shown,
  }),
  fields: {
    content: { kind: 'long-text', label: 'Memory', required: true, width: 'full' },
    agent: { kind: 'text', limit: 200, label: 'Agent' },
    category: { kind: 'text', limit: 200, label: 'Category' },
    isAutomatic: { kind: 'shown', label: 'Source' },
    createdAt: { kind: 'shown', label: 'Added' },
  },
  groups: [{ heading: 'Memory', fields: ['content', 'agent', 'category'] }],
  row: { title: ['content'], subtitle: ['category', 'agent'] },
  sortBy: ['createdAt'],
  identity: ['content', 'agent'],
  alongside: [asSectionId('memory-settings')],
  allows: { create: true, update: true, delete: true },
  words: {
    one: 'memory',
    add: 'Add memory',
    empty: 'No memories yet',
    emptyHint: 'Agents add what they learn in conversations. You can also add one by hand.',
  },
})
