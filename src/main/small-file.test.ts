import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshFolder } from '../../tests/fakes/main-folder'
import { readSmallFile } from './small-file'

const limit = { maxBytes: 64, tooLarge: 'no-settings' } as const
const refusal = (reason: string) => ({ ok: false, error: { kind: 'file', reason } })

it('reads a small file', async () => {
  const path = join(await freshFolder(), '.env')
  await writeFile(path, 'IBLAI_ORG=northwind')
  expect(await readSmallFile(path, limit)).toEqual({
    ok: true,
    value: Buffer.from('IBLAI_ORG=northwind'),
  })
})

it('reads no large one', async () => {
  const path = join(await freshFolder(), '.env')
  await writeFile(path, 'x'.repeat(65))
  expect(await readSmallFile(path, limit)).toEqual(refusal('no-settings'))
})

it('waits for no pipe, and reads no folder and no device', async () => {
  const folder = await freshFolder()
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  for (const path of [pipe, folder, '/dev/zero']) {
    expect(await readSmallFile(path, limit), path).toEqual(refusal('not-a-file'))
  }
})

it('says when there is nothing', async () => {
  expect(await readSmallFile('/nowhere/.env', limit)).toEqual(refusal('not-found'))
})
