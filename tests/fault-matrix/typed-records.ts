/** New records as a person would type them, whole. */
export const aDegree = {
  institution: '57',
  degree: 'Typed MSc',
  fieldOfStudy: null,
  startDate: '2020-09-01',
  endDate: '2022-06-30',
  isCurrent: false,
  grade: null,
  activities: null,
  description: null,
}
export const aJob = {
  company: '140',
  title: 'Typed job',
  employmentType: null,
  location: null,
  startDate: '2020-09-01',
  endDate: null,
  isCurrent: true,
  description: null,
}
export const aSchool = {
  name: 'Typed College',
  institutionType: null,
  location: null,
  website: null,
  accreditation: null,
  establishedYear: null,
}
export const aFirm = { name: 'Typed Ltd', industry: null, website: null, logoUrl: null }
export const aMemory = { content: 'Typed: prefers tea to coffee.', agent: null, category: null }
