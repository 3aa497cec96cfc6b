import { describe, expect, it } from 'vitest'
import { parseSocialLink, socialName, socialTitle } from './social-link'

const linkedin = 'https://www.linkedin.com/in/noor-haddad'
const facebook = 'https://www.facebook.com/noor.haddad'
const x = 'https://www.x.com/noorhaddad'

describe('parseSocialLink', () => {
  it.each([
    ['linkedin', 'noor-haddad', linkedin],
    ['linkedin', '@noor-haddad', linkedin],
    ['linkedin', '  noor-haddad  ', linkedin],
    ['linkedin', 'in/noor-haddad', undefined],
    ['linkedin', 'linkedin.com/in/noor-haddad', linkedin],
    ['linkedin', 'www.linkedin.com/in/noor-haddad', linkedin],
    ['linkedin', 'http://linkedin.com/in/noor-haddad', linkedin],
    ['linkedin', 'https://www.linkedin.com/in/noor-haddad/', linkedin],
    ['linkedin', 'https://www.linkedin.com/in/noor-haddad//', linkedin],
    ['linkedin', 'HTTPS://WWW.LINKEDIN.COM/in/noor-haddad', linkedin],
    ['linkedin', 'https://ae.linkedin.com/in/noor-haddad', linkedin],
    ['linkedin', 'https://m.linkedin.com/in/noor-haddad', linkedin],
    ['linkedin', 'https://www.linkedin.com/in/noor-haddad?trk=public_profile', linkedin],
    ['linkedin', 'https://www.linkedin.com/in/noor-haddad#about', linkedin],
    ['linkedin', 'https://www.linkedin.com/in/noor-haddad/details/skills', linkedin],
    ['linkedin', 'https://www.linkedin.com/IN/noor-haddad', linkedin],
    ['linkedin', 'linkedin.com/noor-haddad', linkedin],
    ['linkedin', 'https://linkedin.com/in/%40noor-haddad', linkedin],
    ['linkedin', 'https://linkedin.com/in/noor%2Dhaddad', linkedin],
    ['linkedin', 'https://linkedin.com/in/نور-حداد', 'https://www.linkedin.com/in/نور-حداد'],
    ['linkedin', 'https://linkedin.com/in/%D9%86%D9%88%D8%B1', 'https://www.linkedin.com/in/نور'],
    ['linkedin', 'https://www.linkedin.com/company/acme', undefined],
    ['linkedin', 'https://www.linkedin.com/school/mit', undefined],
    ['linkedin', 'linkedin.com/groups/123', undefined],
    ['linkedin', 'linkedin.com/jobs', undefined],
    ['linkedin', 'linkedin.com', undefined],
    ['linkedin', 'https://www.linkedin.com/in/', undefined],
    ['linkedin', 'https://evil.com/in/noor', undefined],
    ['linkedin', 'https://linkedin.com.evil.com/in/noor', undefined],
    ['linkedin', 'https://notlinkedin.com/in/noor', undefined],
    ['linkedin', 'example.com', undefined],
    ['linkedin', 'javascript:alert(1)', undefined],
    ['linkedin', 'data:text/html,x', undefined],
    ['linkedin', 'ftp://linkedin.com/in/noor', undefined],
    ['linkedin', 'noor haddad', undefined],
    ['linkedin', 'https://linkedin.com/in/noor%20haddad', undefined],
    ['linkedin', 'https://linkedin.com/in/a%2Fb', undefined],
    ['linkedin', '<script>', undefined],
    ['linkedin', 'a'.repeat(101), undefined],
    ['facebook', 'noor.haddad', facebook],
    ['facebook', '@noor.haddad', facebook],
    ['facebook', 'facebook.com/noor.haddad', facebook],
    ['facebook', 'fb.com/noor.haddad', facebook],
    ['facebook', 'https://m.facebook.com/noor.haddad', facebook],
    ['facebook', 'https://de-de.facebook.com/noor.haddad/', facebook],
    ['facebook', 'https://www.facebook.com/noor.haddad?ref=bookmarks', facebook],
    ['facebook', 'https://www.facebook.com/noor.haddad/photos', facebook],
    [
      'facebook',
      'https://www.facebook.com/profile.php?id=1000123',
      'https://www.facebook.com/1000123',
    ],
    [
      'facebook',
      'facebook.com/profile.php?sk=about&id=1000123',
      'https://www.facebook.com/1000123',
    ],
    ['facebook', '1000123', 'https://www.facebook.com/1000123'],
    ['facebook', 'facebook.com/groups/hydro', undefined],
    ['facebook', 'facebook.com/pages/Acme/12', undefined],
    ['facebook', 'facebook.com/events/12', undefined],
    ['facebook', 'https://facebook.com/', undefined],
    ['x', 'noorhaddad', x],
    ['x', '@noorhaddad', x],
    ['x', 'x.com/noorhaddad', x],
    ['x', 'https://x.com/@noorhaddad', x],
    ['x', 'twitter.com/noorhaddad', x],
    ['x', 'https://www.twitter.com/noorhaddad/', x],
    ['x', 'https://mobile.twitter.com/noorhaddad', x],
    ['x', 'https://twitter.com/noorhaddad/status/123', x],
    ['x', 'https://x.com/noorhaddad?s=20&t=abc', x],
    ['x', 'x.com/home', undefined],
    ['x', 'x.com/hashtag/hydro', undefined],
    ['x', 'x.com/i/lists/1', undefined],
    ['x', 'https://x.community/noor', undefined],
    ['x', '@', undefined],
    ['x', 'https://user:pass@evil.com/noor', undefined],
  ] as const)('%s: %s', (platform, input, stored) => {
    const link = parseSocialLink(platform, input)
    if (stored === undefined) {
      expect(link.kind).toBe('problem')
      if (link.kind === 'problem') expect(link.problem).toMatch(/\.$/)
    } else expect(link).toMatchObject({ kind: 'link', stored })
  })

  it('takes nothing for nothing', () => {
    expect(parseSocialLink('x', '   ')).toEqual({ kind: 'empty' })
  })

  it('understands its own stored form and leaves it as it is', () => {
    for (const [platform, stored] of [
      ['linkedin', linkedin],
      ['facebook', facebook],
      ['x', x],
    ] as const) {
      expect(parseSocialLink(platform, stored)).toMatchObject({ stored, leftOut: [] })
    }
  })

  it('says what it has left out', () => {
    expect(parseSocialLink('x', 'https://mobile.twitter.com/@noor?s=20')).toMatchObject({
      leftOut: ['the mobile host', '“@”', '?s=20'],
    })
    expect(parseSocialLink('linkedin', 'https://ae.linkedin.com/in/noor')).toMatchObject({
      leftOut: ['“ae.”'],
    })
  })

  it('doubts an unusual name and takes it', () => {
    expect(parseSocialLink('x', 'a.very.long.name.indeed')).toMatchObject({
      kind: 'link',
      doubt: 'This is an unusual name on X.',
    })
  })

  it('tells a person by the name alone', () => {
    expect(socialName('x', 'https://www.twitter.com/noor')).toBe('noor')
    expect(socialName('x', 'noor')).toBe('noor')
    expect(socialName('x', 'https://example.org/noor')).toBeUndefined()
    expect(socialTitle('linkedin')).toBe('LinkedIn')
  })
})
