import type { Choice } from './section'

/** Suggestions: the platform takes any text; these are the ones its own web page offers. */
export const fieldsOfStudy: readonly string[] = [
  'Computer Science',
  'Law',
  'Medicine',
  'Engineering',
  'Business Administration',
  'Psychology',
  'Biology',
  'Physics',
  'Chemistry',
  'Mathematics',
  'Economics',
  'Sociology',
  'Political Science',
  'Education',
  'History',
  'Philosophy',
  'Environmental Science',
  'Art and Design',
  'Literature',
  'Anthropology',
  'Other',
]

export const employmentTypes: readonly string[] = [
  'Full Time',
  'Part Time',
  'Freelance',
  'Volunteer',
  'Contract',
  'Internship',
  'Other',
]

export const industries: readonly string[] = [
  'Information Technology',
  'Healthcare',
  'Finance',
  'Education',
  'Manufacturing',
  'Retail',
  'Construction',
  'Transportation and Logistics',
  'Real Estate',
  'Energy',
  'Telecommunications',
  'Hospitality and Tourism',
  'Agriculture',
  'Media and Entertainment',
  'Aerospace and Defense',
  'Legal Services',
  'Nonprofit',
  'Government',
  'Automotive',
  'Pharmaceuticals',
  'Other',
]

/** Closed on the platform: any other value is refused. */
export const institutionTypes: readonly Choice[] = [
  { value: 'university', label: 'University' },
  { value: 'college', label: 'College' },
  { value: 'institute', label: 'Institute' },
  { value: 'academy', label: 'Academy' },
  { value: 'other', label: 'Other' },
]

/** Codes of Open edX (`student/models/user.py`). */
export const educationLevels: readonly Choice[] = [
  { value: 'p', label: 'Doctorate' },
  { value: 'm', label: 'Master’s or professional' },
  { value: 'b', label: 'Bachelor’s' },
  { value: 'a', label: 'Associate' },
  { value: 'hs', label: 'Secondary school' },
  { value: 'jhs', label: 'Junior secondary school' },
  { value: 'el', label: 'Primary school' },
  { value: 'none', label: 'No formal education' },
  { value: 'other', label: 'Other' },
]
