import { expect, it } from 'vitest'
import { proxySteps } from './proxy-list'

it.each([
  ['DIRECT', [{ kind: 'direct' }]],
  ['', [{ kind: 'direct' }]],
  ['PROXY gate.example:3128', [{ kind: 'http', host: 'gate.example', port: 3128 }]],
  [
    'PROXY a:1; HTTPS b; DIRECT',
    [
      { kind: 'http', host: 'a', port: 1 },
      { kind: 'https', host: 'b', port: 443 },
      { kind: 'direct' },
    ],
  ],
  ['proxy [::1]:8080;', [{ kind: 'http', host: '::1', port: 8080 }]],
  ['PROXY a', [{ kind: 'http', host: 'a', port: 80 }]],
  [
    'SOCKS5 s:1080; SOCKS t:1; DIRECT',
    [
      { kind: 'unsupported', name: 'SOCKS5 s:1080' },
      { kind: 'unsupported', name: 'SOCKS t:1' },
      { kind: 'direct' },
    ],
  ],
])('reads %j', (text, steps) => {
  expect(proxySteps(text)).toEqual(steps)
})

it.each(['PROXY', 'PROXY a:0', 'PROXY a:65536', 'PROXY user:secret@a:1', 'PROXY a:1 b', '<html>'])(
  'leaves out what it does not understand: %j',
  (text) => {
    expect(proxySteps(`${text}; PROXY good:1`)).toEqual([{ kind: 'http', host: 'good', port: 1 }])
    expect(proxySteps(text)).toEqual([{ kind: 'direct' }])
  },
)

it('keeps no password of an entry it cannot use', () => {
  const [step] = proxySteps('SOCKS5 user:secret@gate:1080')
  expect(step).toEqual({ kind: 'unsupported', name: 'SOCKS5 gate:1080' })
})

it('keeps a list of a sensible length', () => {
  expect(proxySteps('PROXY a:1;'.repeat(500))).toHaveLength(10)
})
