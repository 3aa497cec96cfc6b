import { expect, it } from 'vitest'
import { outsideRequest } from './outside-request'

const home = '/home/noor'

it.each([
  [['cv.pdf'], { files: ['/home/noor/cv.pdf'] }],
  [['/tmp/a b.pdf', '--hidden'], { files: ['/tmp/a b.pdf'] }],
  [['../cv.pdf', './b.pdf'], { files: ['/home/cv.pdf', '/home/noor/b.pdf'] }],
  [['file:///home/noor/my%20cv.pdf'], { files: ['/home/noor/my cv.pdf'] }],
  [['--user-data-dir=/x', '-v', ''], { files: [] }],
  [['iblai-profile://section/education'], { files: [], section: 'education' }],
  [['iblai-profile://section/education/'], { files: [], section: 'education' }],
])('reads %j', (given, request) => {
  expect(outsideRequest(given, home)).toEqual(request)
})

it.each([
  'iblai-profile://section/',
  'iblai-profile://section/../../etc/passwd',
  'iblai-profile://section/education?x=1',
  'iblai-profile://section/education#x',
  'iblai-profile://section/Education',
  'iblai-profile://user@section/education',
  'iblai-profile://delete/education',
  'iblai-profile:section/education',
  'IBLAI-PROFILE://section/education',
  'https://example.com/cv.pdf',
  'file://server/share/cv.pdf',
  'file:///home%2Fcv.pdf',
  'javascript://section/education',
])('takes nothing from the crafted link %s', (crafted) => {
  expect(outsideRequest([crafted], home)).toEqual({ files: [] })
})
