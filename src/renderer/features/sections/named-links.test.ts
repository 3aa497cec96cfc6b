import { expect, it } from 'vitest'
import { namedLinks } from './named-links'

it.each([
  ['https://noor.example/', 'noor.example', true],
  ['javascript:alert(1)', 'javascript:alert(1)', false],
  ['github https://github.com/noor', 'github', true],
  ['http://www.noor.example/', 'noor.example', false],
])('reads %j', (entry, name, isOpenable) => {
  expect(namedLinks([entry])).toMatchObject([{ name, isOpenable }])
})
