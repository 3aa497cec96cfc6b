import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { employmentTypes } from './lists'
import { defineSection } from './section'

export const experience = defineSection({
  id: asSectionId('experience'),
  title: 'Experience',
  icon: 'briefcase',
  cardinality: 'many',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'career', name: 'experience' },
  schema: v.object({
    company: check.reference('Choose or create a company.'),
    title: check.requiredText(100, 'Give the job title.'),
    employmentType: check.text(50),
    location: check.text(100),
    startDate: check.requiredDate('Give the month it started.'),
    endDate: check.date,
    isCurrent: check.flag,
    description: check.longText,
  }),
  fields: {
    company: {
      kind: 'reference',
      to: asSectionId('companies'),
      label: 'Company',
      required: true,
      width: 'full',
    },
    title: { kind: 'text', limit: 100, label: 'Job title', required: true },
    employmentType: {
      kind: 'suggest',
      limit: 50,
      suggestions: employmentTypes,
      label: 'Employment type',
    },
    location: { kind: 'text', limit: 100, label: 'Location', width: 'full' },
    startDate: { kind: 'month', day: 'first', label: 'Start month', required: true },
    endDate: { kind: 'month', day: 'last', label: 'End month', unless: 'isCurrent' },
    isCurrent: { kind: 'flag', label: 'I work here now' },
    description: { kind: 'long-text', label: 'Description', width: 'full' },
  },
  groups: [
    {
      heading: 'Entry',
      fields: [
        'company',
        'title',
        'employmentType',
        'startDate',
        'endDate',
        'isCurrent',
        'location',
        'description',
      ],
    },
  ],
  rules: [
    {
      kind: 'not-before',
      field: 'endDate',
      than: 'startDate',
      message: 'The end is before the start.',
    },
  ],
  row: {
    title: ['title'],
    subtitle: ['company', 'employmentType', 'location'],
    from: 'startDate',
    until: 'endDate',
    current: 'isCurrent',
  },
  sortBy: ['startDate'],
  identity: ['company', 'title', 'startDate'],
  allows: { create: true, update: true, delete: true },
  words: {
    one: 'experience',
    add: 'Add experience',
    empty: 'No experience yet',
    emptyHint: 'The list on the platform is empty. Add a job, a project or voluntary work.',
  },
})
