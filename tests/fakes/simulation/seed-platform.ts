import type { FakePlatform } from './platform'

/** What the platform holds when a run begins. */
export function seedPlatform(platform: FakePlatform): void {
  platform.add(
    'basic',
    { name: 'Noor', email: 'n@example.org', bio: 'b0', title: 't0', languages: ['en', 'fr'] },
    'foreign',
    'self',
  )
  platform.add('memory-settings', { learn: true, use: true }, 'foreign', 'self')
  const school = platform.add('institutions', { name: 'Old school', location: 'l0' }, 'foreign')
  platform.add(
    'education',
    { institution: school.id, degree: 'd0', startDate: '2010-09-01', description: 'x0' },
    'foreign',
  )
  // Of the same key fields as those that will be made by hand.
  platform.add(
    'education',
    { institution: school.id, degree: 'degree 0', startDate: '2020-09-01', activities: 'theirs' },
    'foreign',
  )
  platform.add('memory', { content: 'An old memory', category: 'c0' }, 'foreign')
}
