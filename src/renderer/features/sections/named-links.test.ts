import { expect, it } from 'vitest'
import { namedLinks } from './named-links'

it.each([
  ['https://noor.example/', 'noor.example', true],
  ['javascript:alert(1)', 'javascript:alert(1)', false],
  ['github https://github.com/noor', 'github', true],
])('reads %j', (entry, name, isWeb) => {
  expect(namedLinks([entry])).toMatchObject([{ name, isWeb }])
})
