import { expect, it } from 'vitest'
import { externalUrl } from './external-url'

it.each([
  ['https://example.org', 'https://example.org/'],
  ['HTTPS://Example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['https://www.linkedin.com/in/noor-haddad', 'https://www.linkedin.com/in/noor-haddad'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
])('opens %s', (text, url) => {
  expect(externalUrl(text)).toBe(url)
})

it.each<readonly [string, unknown]>([
  ['E1', 'javascript:alert(1)'],
  ['E2', 'JaVaScRiPt:alert(1)'],
  ['E3 tab', '\thttps://example.org'],
  ['E3 newline', 'https://exam\nple.org'],
  ['E3 NUL', 'https://example.org/\0'],
  ['E4', 'data:text/html,<script>alert(1)</script>'],
  ['E5', 'file:///etc/passwd'],
  ['E6', 'smb://host/share'],
  ['E7', '\\\\host\\share'],
  ['E8', 'vbscript:msgbox(1)'],
  ['E9', 'ms-msdt:/id PCWDiagnostic'],
  ['E10', 'search-ms:query=x&crumb=location:\\\\host'],
  ['E11', 'ms-settings:privacy'],
  ['E12', 'shell:startup'],
  ['E13', 'x-apple.systempreferences:com.apple.preference.security'],
  ['E14', 'vscode://file/etc/passwd'],
  ['E15', 'tel:+1234'],
  ['E16', 'http://example.org'],
  ['E17', 'https://a@b.example'],
  ['E17 with a password', 'https://a:b@c.example'],
  ['E17 without a name', 'https://:@c.example'],
  ['E18', 'https://good.example\\@evil.example'],
  ['E19', `https://example.org/${'x'.repeat(10_240)}`],
  ['E20', 'https://exam\u202Eple.org'],
  ['E20 in the path', 'https://example.org/\u202Egnp.exe'],
  ['E21', 'https:evil.example'],
  ['E21 with one slash', 'https:/evil.example'],
  ['E21 with three', 'https:///evil.example'],
  ['E22', { toString: () => 'https://example.org' }],
  ['no text', undefined],
  ['a space', 'https://example.org/a b'],
  ['a soft hyphen', 'https://exam\u00ADple.org'],
  ['a mail address', 'mailto:noor@example.org'],
  ['an empty host', 'https://'],
])('does not open %s', (_name, text) => {
  expect(externalUrl(text)).toBeUndefined()
})
