import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { defineSection } from './section'

export const social = defineSection({
  id: asSectionId('social'),
  title: 'Social',
  icon: 'link-2',
  cardinality: 'one',
  placement: 'section',
  service: 'lms',
  resource: { kind: 'account' },
  schema: v.object({
    linkedin: check.text(100),
    facebook: check.text(100),
    x: check.text(100),
    otherLinks: check.shown,
  }),
  fields: {
    linkedin: {
      kind: 'social-link',
      platform: 'linkedin',
      label: 'LinkedIn',
      width: 'full',
      placeholder: 'linkedin.com/in/your-name or your-name',
    },
    facebook: {
      kind: 'social-link',
      platform: 'facebook',
      label: 'Facebook',
      width: 'full',
      placeholder: 'facebook.com/your.name or your.name',
    },
    x: {
      kind: 'social-link',
      platform: 'x',
      label: 'X',
      width: 'full',
      placeholder: 'x.com/yourname or @yourname',
    },
    otherLinks: { kind: 'shown', label: 'Other links' },
  },
  groups: [
    {
      heading: 'Your pages',
      note: 'An address, a name or @name. Each is shown as it will be stored.',
      fields: ['linkedin', 'facebook', 'x'],
    },
  ],
  allows: { create: false, update: true, delete: false },
  words: { one: 'social links' },
})
