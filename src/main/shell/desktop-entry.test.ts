import { expect, it } from 'vitest'
import { desktopEntry } from './desktop-entry'

const execOf = (program: string): string | undefined =>
  desktopEntry(program, ['--hidden'])
    .split('\n')
    .find((line) => line.startsWith('Exec='))

it.each([
  ['/usr/bin/iblai-profile', 'Exec="/usr/bin/iblai-profile" "--hidden"'],
  ['/home/noor haddad/app', 'Exec="/home/noor haddad/app" "--hidden"'],
  ['/home/100%/app', 'Exec="/home/100%%/app" "--hidden"'],
  ['/home/$HOME/`id`/app', 'Exec="/home/\\\\$HOME/\\\\`id\\\\`/app" "--hidden"'],
])('writes %s so that nothing in it is taken for a command', (program, line) => {
  expect(execOf(program)).toBe(line)
})
