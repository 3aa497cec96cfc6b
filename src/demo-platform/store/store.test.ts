import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Platform, startPlatform } from '../platform'
import { ACCOUNT, connect, MERGE_PATCH, RESUME, type Reply } from '../testing/client'

let folder: string
let platform: Platform
const start = async (): Promise<void> => {
  platform = await startPlatform({ folder, memories: 3 })
}
const restart = async (): Promise<void> => {
  await platform.close()
  await start()
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-platform-'))
  await start()
})
afterEach(async () => {
  await platform.close()
  await rm(folder, { recursive: true })
})

const CONTAINS_ZARQA: unknown = expect.stringContaining('Zarqa')
const FILE = 'platform.json'
const patch = (bio: string): Promise<Reply> =>
  connect(platform).send('PATCH', ACCOUNT, { bio }, MERGE_PATCH)
const read = async (): Promise<unknown> => (await connect(platform).get(ACCOUNT)).body
const uploadCv = (text: string): Promise<Reply> =>
  connect(platform).form('PUT', RESUME, [
    ['user', 'noor.haddad'],
    ['platform', 'northwind'],
    ['resume', Buffer.from(text), 'cv.pdf', 'application/pdf'],
  ])

describe('a platform with a folder', () => {
  it('keeps token and edits over a restart', async () => {
    const { token } = platform
    await patch('Kept.')
    await restart()
    expect(platform.token).toBe(token)
    expect(await read()).toMatchObject({ bio: 'Kept.' })
  })

  it('keeps uploaded files over a restart', async () => {
    await uploadCv('%PDF mine')
    await restart()
    const file = platform.read().resumes[0]?.files[0]
    expect(platform.blob(file?.blob ?? '')?.toString()).toBe('%PDF mine')
  })

  it('has written an edit before it answers', async () => {
    await patch('On disk.')
    expect(await readFile(join(folder, FILE), 'utf8')).toContain('On disk.')
  })

  it.skipIf(process.platform === 'win32')('lets nobody else read token and data', async () => {
    expect((await stat(join(folder, FILE))).mode & 0o777).toBe(0o600)
    expect((await stat(join(folder, 'files'))).mode & 0o777).toBe(0o700)
  })

  it('leaves no temporary file behind', async () => {
    await patch('x')
    expect((await readdir(folder)).sort()).toEqual(['files', FILE])
  })

  it('throws away files that were replaced, at the next start', async () => {
    await uploadCv('one')
    await uploadCv('two')
    await restart()
    const kept = await readdir(join(folder, 'files'))
    expect(kept).toHaveLength(3)
  })

  it.each(['', '{"format":1', '{"format":9}', '[]'])(
    'sets aside a file that reads %j and starts afresh',
    async (text) => {
      await platform.close()
      await writeFile(join(folder, FILE), text)
      await start()
      expect(await readFile(join(folder, `${FILE}.unreadable`), 'utf8')).toBe(text)
      expect(await read()).toMatchObject({ name: 'Noor Haddad' })
    },
  )

  it('answers 500 and changes nothing when it cannot write', async () => {
    await rm(folder, { recursive: true })
    await writeFile(folder, '')
    expect((await patch('Lost.')).status).toBe(500)
    expect(await read()).not.toMatchObject({ bio: 'Lost.' })
    await rm(folder)
    await restart()
  })
})

describe('a reset', () => {
  it('brings the demo person back and leaves the token', async () => {
    const { token } = platform
    await patch('Gone.')
    await uploadCv('gone')
    platform.reset()
    expect(await read()).toMatchObject({ bio: CONTAINS_ZARQA })
    expect(platform.read().resumes[0]?.files).toHaveLength(2)
    expect(await readdir(join(folder, 'files'))).toHaveLength(3)
    await restart()
    expect(platform.token).toBe(token)
  })
})

describe('looking at the stored truth', () => {
  it('gives a copy', () => {
    platform.read().people.pop()
    expect(platform.read().people).toHaveLength(3)
  })

  it('changes it as another device would', async () => {
    platform.change((state) => {
      for (const person of state.people) person.name = 'Somebody'
    })
    expect(await read()).toMatchObject({ name: 'Somebody' })
    await restart()
    expect(await read()).toMatchObject({ name: 'Somebody' })
  })
})
