import { expect, it } from 'vitest'
import { refusedSwitch } from './refused-switches'

const started = (...argv: string[]) => refusedSwitch(['/opt/iblai-profile/iblai-profile', ...argv])

it.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-pipe',
  '--REMOTE-DEBUGGING-PORT=1',
  '-remote-debugging-port=1',
  '/remote-debugging-port=1',
  '--inspect',
  '--inspect-brk=0.0.0.0:9229',
  '--js-flags=--allow-natives-syntax',
  '--no-sandbox',
  '--disable-web-security',
  '--load-extension=/tmp/x',
  '--host-rules=MAP * evil',
  '--host-resolver-rules=MAP * evil',
  '--proxy-server=evil:80',
  '--proxy-pac-url=http://evil',
  '--ignore-certificate-errors',
  '--renderer-cmd-prefix=gdb',
  '--ssl-key-log-file=/tmp/keys',
])('stops at %s', (argument) => {
  expect(started('cv.pdf', argument)).toBe(argument)
})

it.each([
  '--user-data-dir=/home/noor/profile',
  '--demo',
  '/home/noor/inspect/cv.pdf',
  '/inspect/cv.pdf',
  'no-sandbox.pdf',
  '--force-color-profile=srgb',
  'https://example.org/--no-sandbox',
])('goes on with %s', (argument) => {
  expect(started(argument)).toBeUndefined()
})

it('does not look at the name of the app itself', () => {
  expect(refusedSwitch(['--inspect'])).toBeUndefined()
})
