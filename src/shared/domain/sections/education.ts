import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { fieldsOfStudy } from './lists'
import { defineSection } from './section'

export const education = defineSection({
  id: asSectionId('education'),
  title: 'Education',
  icon: 'graduation-cap',
  cardinality: 'many',
  placement: 'section',
  service: 'dm',
  resource: { kind: 'career', name: 'education' },
  schema: v.object({
    institution: check.reference('Choose or create an institution.'),
    degree: check.text(100),
    fieldOfStudy: check.text(100),
    startDate: check.requiredDate('Give the month it started.'),
    endDate: check.date,
    isCurrent: check.flag,
    grade: check.grade,
    activities: check.text(255),
    description: check.longText,
  }),
  fields: {
    institution: {
      kind: 'reference',
      to: asSectionId('institutions'),
      label: 'Institution',
      required: true,
      width: 'full',
    },
    degree: { kind: 'text', limit: 100, label: 'Degree', placeholder: 'MSc' },
    fieldOfStudy: {
      kind: 'suggest',
      limit: 100,
      suggestions: fieldsOfStudy,
      label: 'Field of study',
    },
    startDate: { kind: 'month', day: 'first', label: 'Start month', required: true },
    endDate: { kind: 'month', day: 'last', label: 'End month', unless: 'isCurrent' },
    isCurrent: { kind: 'flag', label: 'I study here now' },
    grade: {
      kind: 'decimal',
      label: 'Grade',
      help: '0.00 to 9.99. Letters go in the description.',
    },
    activities: { kind: 'text', limit: 255, label: 'Activities' },
    description: { kind: 'long-text', label: 'Description', width: 'full' },
  },
  groups: [
    {
      heading: 'Entry',
      fields: [
        'institution',
        'degree',
        'fieldOfStudy',
        'startDate',
        'endDate',
        'isCurrent',
        'grade',
        'activities',
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
    title: ['degree', 'fieldOfStudy'],
    subtitle: ['institution'],
    from: 'startDate',
    until: 'endDate',
    current: 'isCurrent',
  },
  sortBy: ['startDate'],
  identity: ['institution', 'degree', 'startDate'],
  allows: { create: true, update: true, delete: true },
  words: {
    one: 'education',
    add: 'Add education',
    empty: 'No education yet',
    emptyHint: 'The list on the platform is empty. Add a school or a course.',
  },
})
