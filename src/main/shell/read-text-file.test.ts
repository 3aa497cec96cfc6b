import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freshFolder } from '../../../tests/fakes/main-folder'
import { readTextFile } from './read-text-file'

const refusal = (reason: string) => ({ ok: false, error: { kind: 'file', reason } })

it('reads a small file', async () => {
  const path = join(await freshFolder(), '.env')
  await writeFile(path, 'IBLAI_ORG=northwind')
  expect(await readTextFile(path, 64)).toEqual({ ok: true, value: 'IBLAI_ORG=northwind' })
})

it('reads no large one', async () => {
  const path = join(await freshFolder(), '.env')
  await writeFile(path, 'x'.repeat(65))
  expect(await readTextFile(path, 64)).toEqual(refusal('no-settings'))
})

it('waits for no pipe, and reads no folder and no device', async () => {
  const folder = await freshFolder()
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  for (const path of [pipe, folder, '/dev/zero']) {
    expect(await readTextFile(path, 64), path).toEqual(refusal('not-a-file'))
  }
})

it('says when there is nothing', async () => {
  expect(await readTextFile('/nowhere/.env', 64)).toEqual(refusal('unreadable'))
})
