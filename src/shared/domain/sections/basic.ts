import * as v from 'valibot'
import { asSectionId } from '../ids'
import * as check from './checks'
import { educationLevels } from './lists'
import { defineSection } from './section'

export const basic = defineSection({
  id: asSectionId('basic'),
  title: 'Basic',
  icon: 'user-round',
  cardinality: 'one',
  placement: 'section',
  service: 'lms',
  resource: { kind: 'account' },
  schema: v.object({
    photo: check.file,
    name: check.personName,
    title: check.text(255),
    email: check.email,
    bio: check.text(300),
    languages: check.codes,
    country: check.text(2),
    yearOfBirth: check.year,
    levelOfEducation: check.text(10),
    suggestedAbout: check.shown,
    suggestedLanguage: check.shown,
    pendingEmail: check.shown,
  }),
  fields: {
    photo: { kind: 'file', accept: 'image', label: 'Photo', merge: 'local' },
    name: { kind: 'text', limit: 255, label: 'Full name', required: true, autocomplete: 'name' },
    title: { kind: 'text', limit: 255, label: 'Title', placeholder: 'Lead data engineer' },
    email: {
      kind: 'email',
      label: 'Email',
      required: true,
      width: 'full',
      help: 'A new address counts once you open the link that is mailed to it. Until then this one stays.',
    },
    bio: { kind: 'long-text', limit: 300, label: 'About', width: 'full' },
    languages: {
      kind: 'choices',
      options: 'languages',
      label: 'Languages',
      width: 'full',
      merge: 'union',
    },
    country: { kind: 'choice', options: 'countries', label: 'Country' },
    yearOfBirth: { kind: 'year', label: 'Birth year', placeholder: '1988' },
    levelOfEducation: { kind: 'choice', options: educationLevels, label: 'Education level' },
    suggestedAbout: { kind: 'shown', label: 'About on the web page' },
    suggestedLanguage: { kind: 'shown', label: 'Language on the web page' },
    pendingEmail: { kind: 'shown', label: 'Waiting for confirmation' },
  },
  groups: [
    { heading: 'Photo and name', fields: ['photo', 'name', 'title'] },
    { heading: 'Contact', fields: ['email'] },
    {
      heading: 'About you',
      note: 'Seen by your tutors and by people in your organization.',
      fields: ['bio', 'languages'],
    },
    {
      heading: 'Optional',
      note: 'Only what you give. Nothing is filled in for you.',
      fields: ['country', 'yearOfBirth', 'levelOfEducation'],
    },
  ],
  allows: { create: false, update: true, delete: false },
  words: { one: 'basic information' },
})
