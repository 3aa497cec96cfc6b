import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { defineSection } from './section'

export const resume = defineSection({
  id: asSectionId('resume'),
  title: 'Résumé',
  icon: 'file-text',
  cardinality: 'one',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'resume' },
  schema: v.object({
    file: check.file,
    otherFiles: check.shown,
    links: check.shown,
  }),
  fields: {
    file: { kind: 'file', accept: 'pdf', label: 'Résumé file', merge: 'local' },
    otherFiles: { kind: 'shown', label: 'Files kept beside it' },
    links: { kind: 'shown', label: 'Links kept beside it' },
  },
  groups: [{ heading: 'Résumé', fields: ['file'] }],
  allows: { create: false, update: true, delete: false },
  words: {
    one: 'résumé',
    empty: 'No résumé yet',
    emptyHint: 'Drop a PDF anywhere in this window, or choose a file. Up to 25 MiB.',
  },
})
