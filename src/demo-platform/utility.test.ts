import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRecord } from './json'
import { serveParent } from './utility'

type Listener = (event: { readonly data: unknown }) => void

const SAYS_WHY: unknown = expect.stringMatching(/EEXIST|ENOTDIR/)

let folder: string
let posted: unknown[]
let exits: number[]
let tell: Listener

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-utility-'))
  posted = []
  exits = []
  const port = {
    on: (_event: 'message', listener: Listener) => {
      tell = listener
    },
    postMessage: (message: unknown) => void posted.push(message),
  }
  serveParent(port, (code) => void exits.push(code))
})

afterEach(async () => {
  tell({ data: { type: 'stop' } })
  await expect.poll(() => exits).toEqual([0])
  await rm(folder, { recursive: true })
})

const start = async (): Promise<Record<string, unknown>> => {
  tell({ data: { type: 'start', folder } })
  await expect.poll(() => posted).toHaveLength(1)
  return isRecord(posted[0]) ? posted[0] : {}
}

describe('the platform inside a utility process', () => {
  it('says where it answers once it does', async () => {
    const ready = await start()
    expect(ready).toMatchObject({ type: 'ready', org: 'northwind', username: 'noor.haddad' })
    const headers = { authorization: `Api-Token ${String(ready['token'])}` }
    const answer = await fetch(`${String(ready['origin'])}/lms/api/user/v1/me`, { headers })
    expect(answer.status).toBe(200)
  })

  it('says the same again when it is started twice', async () => {
    const ready = await start()
    tell({ data: { type: 'start', folder } })
    await expect.poll(() => posted).toEqual([ready, ready])
  })

  it('resets and says so', async () => {
    await start()
    tell({ data: { type: 'reset' } })
    await expect.poll(() => posted[1]).toEqual({ type: 'reset-done' })
  })

  it('says what failed', async () => {
    await writeFile(join(folder, 'file'), '')
    tell({ data: { type: 'start', folder: join(folder, 'file') } })
    await expect.poll(() => posted).toMatchObject([{ type: 'failed', message: SAYS_WHY }])
  })

  it('ignores what it does not understand', async () => {
    tell({ data: 'start' })
    tell({ data: { type: 'dance' } })
    expect(await start()).toMatchObject({ type: 'ready' })
  })
})
