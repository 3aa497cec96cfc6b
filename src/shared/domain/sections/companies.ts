import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { industries } from './lists'
import { defineSection } from './section'

export const companies = defineSection({
  id: asSectionId('companies'),
  title: 'Companies',
  icon: 'briefcase',
  cardinality: 'many',
  placement: 'reference',
  service: 'dm',
  resource: { kind: 'career', name: 'companies' },
  schema: v.object({
    name: check.requiredText(100, 'Give the name of the company.'),
    industry: check.text(100),
    website: check.webAddress(255),
    logoUrl: check.webAddress(255),
  }),
  fields: {
    name: { kind: 'text', limit: 100, label: 'Name', required: true, width: 'full' },
    industry: { kind: 'suggest', limit: 100, suggestions: industries, label: 'Industry' },
    website: { kind: 'text', limit: 255, label: 'Website' },
    logoUrl: { kind: 'text', limit: 255, label: 'Logo address', width: 'full' },
  },
  groups: [{ heading: 'Company', fields: ['name', 'industry', 'website', 'logoUrl'] }],
  row: { title: ['name'], subtitle: ['industry'] },
  identity: ['name'],
  allows: { create: true, update: true, delete: false },
  words: {
    one: 'company',
    warning: 'Other people may use this company. A change here shows in their profiles too.',
  },
})
