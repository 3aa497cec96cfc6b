import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { institutionTypes } from './lists'
import { defineSection } from './section'

export const institutions = defineSection({
  id: asSectionId('institutions'),
  title: 'Institutions',
  icon: 'graduation-cap',
  cardinality: 'many',
  placement: 'reference',
  service: 'dm',
  resource: { kind: 'career', name: 'institutions' },
  schema: v.object({
    name: check.requiredText(100, 'Give the name of the institution.'),
    institutionType: check.text(20),
    location: check.text(100),
    website: check.webAddress(255),
    accreditation: check.text(100),
    establishedYear: check.year,
  }),
  fields: {
    name: { kind: 'text', limit: 100, label: 'Name', required: true, width: 'full' },
    institutionType: { kind: 'choice', options: institutionTypes, label: 'Type' },
    location: { kind: 'text', limit: 100, label: 'Location' },
    website: { kind: 'text', limit: 255, label: 'Website', width: 'full' },
    accreditation: { kind: 'text', limit: 100, label: 'Accreditation' },
    establishedYear: { kind: 'year', label: 'Founded in' },
  },
  groups: [
    {
      heading: 'Institution',
      fields: [
        'name',
        'institutionType',
        'location',
        'website',
        'accreditation',
        'establishedYear',
      ],
    },
  ],
  row: { title: ['name'], subtitle: ['institutionType', 'location'] },
  identity: ['name'],
  allows: { create: true, update: true, delete: false },
  words: {
    one: 'institution',
    warning: 'Other people may use this institution. A change here shows in their profiles too.',
  },
})
