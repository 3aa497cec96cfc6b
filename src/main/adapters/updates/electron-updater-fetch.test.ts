import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ManualClock } from '../../../../tests/fakes/main-clock'
import { descriptionName, fileNameOf, type ReleaseFeed } from '../../../../tests/fakes/release-feed'
import { failed, filesIn, updateFolder } from '../../../../tests/fakes/update-folder'

const { open, close, appImage, pending, aSource, find, quits } = updateFolder()
let folder: string
let feed: ReleaseFeed
let clock: ManualClock
let started: string[]

beforeEach(async () => {
  ;({ folder, feed, clock, started } = await open())
})

afterEach(close)

describe('a release', () => {
  it('is fetched when it is newer, and put in place of the file under its name', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    const seen: { version: string; percent: number }[] = []
    const source = aSource()
    expect(await source.find((progress) => seen.push(progress))).toEqual({
      kind: 'ready',
      version: '0.2.0',
    })
    expect(seen[0]).toEqual({ version: '0.2.0', percent: 0 })
    expect(await readFile(appImage(), 'utf8')).toBe('the old one')
    expect(await source.install({ isRestart: true })).toBeUndefined()
    expect(await readFile(appImage(), 'utf8')).toBe('the new one')
    expect((await stat(appImage())).mode & 0o777).toBe(0o755)
    expect([started, quits()]).toEqual([[appImage()], 1])
  })

  it('is put in place without a start when the app was quit', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    const source = aSource()
    await find(source)
    expect(await source.install({ isRestart: false })).toBeUndefined()
    expect(await readFile(appImage(), 'utf8')).toBe('the new one')
    expect(started).toEqual([])
  })

  it.each(['0.1.0', '0.0.9', '0.1.0-beta.1'])(
    '%s is not newer and not fetched',
    async (version) => {
      feed.offer({ version, file: 'an older one' })
      expect(await find()).toEqual({ kind: 'none' })
      expect(feed.asked).toEqual([descriptionName, `${descriptionName}.sig`])
    },
  )

  it('of before, well signed, is no way back', async () => {
    feed.offer({ version: '0.2.0', file: 'the one of before' })
    expect(await find(aSource('0.3.0'))).toEqual({ kind: 'none' })
  })

  it('sends nothing that tells this computer from another', async () => {
    const headers: unknown[] = []
    feed.offer({ version: '0.2.0', file: 'the new one' })
    const description = feed.get(descriptionName)
    feed.set(descriptionName, (request, response) => {
      headers.push(request.headers)
      response.end(description)
    })
    await find()
    expect(Object.keys(headers[0] as object).toSorted()).toEqual(
      ['accept', 'cache-control', 'connection', 'host', 'user-agent'].toSorted(),
    )
    expect(await filesIn(join(folder, 'updates'))).toEqual(['fetched'])
  })
})

describe('a bad network', () => {
  it.each([descriptionName, `${descriptionName}.sig`, fileNameOf('0.2.0')])(
    '%s never comes: given up in time',
    async (path) => {
      feed.offer({ version: '0.2.0', file: 'the new one' })
      feed.set(path, () => undefined)
      const isAsked = feed.nextOf(path)
      const found = find()
      await isAsked
      clock.advance(61_000)
      expect(await found).toEqual(failed('timeout'))
    },
  )

  it('goes in the middle of the file: nothing of it stays, and the next look fetches all', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    feed.set(fileNameOf('0.2.0'), (_request, response) => {
      response.writeHead(200, { 'content-length': '11' })
      response.write('the n', () => response.destroy())
    })
    const source = aSource()
    const isAsked = feed.nextOf(fileNameOf('0.2.0'))
    const found = find(source)
    await isAsked
    // Whether the library hears of it or not: nothing more comes.
    clock.advance(61_000)
    expect((await found).kind).toBe('failed')
    expect(await filesIn(pending())).toEqual([])
    feed.offer({ version: '0.2.0', file: 'the new one' })
    expect(await find(source)).toEqual({ kind: 'ready', version: '0.2.0' })
  })

  it('nobody is there', async () => {
    await feed.close()
    expect(await find()).toEqual(failed('offline'))
  })
})

describe('after a crash', () => {
  it('half a file of another version is removed, and the new one fetched whole', async () => {
    await mkdir(pending(), { recursive: true })
    await writeFile(join(pending(), `temp-${fileNameOf('0.1.5')}`), 'half of')
    await writeFile(join(pending(), fileNameOf('0.2.0')), 'cut o')
    await writeFile(join(pending(), 'update-info.json'), '{"fileName":')
    feed.offer({ version: '0.2.0', file: 'the new one' })
    const source = aSource()
    expect(await find(source)).toEqual({ kind: 'ready', version: '0.2.0' })
    await source.install({ isRestart: false })
    expect(await readFile(appImage(), 'utf8')).toBe('the new one')
    expect((await filesIn(pending())).filter((name) => name.startsWith('temp-'))).toEqual([])
  })

  it('what was fetched whole is not fetched again', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    await find()
    const count = feed.asked.length
    expect(await find(aSource())).toEqual({ kind: 'ready', version: '0.2.0' })
    expect(feed.asked.slice(count)).toEqual([descriptionName, `${descriptionName}.sig`])
  })

  it('what was fetched is removed once the app is as new', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    await find()
    expect(await find(aSource('0.2.0'))).toEqual({ kind: 'none' })
    expect(await filesIn(pending())).toEqual([])
  })
})

describe('putting it in place', () => {
  it('leaves the old file whole when the new one cannot be written, and may be tried again', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    const source = aSource()
    expect((await find(source)).kind).toBe('ready')
    await mkdir(join(`${appImage()}.update`, 'in the way'), { recursive: true })
    expect(await source.install({ isRestart: true })).not.toBeUndefined()
    expect(await readFile(appImage(), 'utf8')).toBe('the old one')
    expect([started, quits()]).toEqual([[], 0])
    await rm(`${appImage()}.update`, { recursive: true })
    expect(await source.install({ isRestart: true })).toBeUndefined()
    expect(await readFile(appImage(), 'utf8')).toBe('the new one')
  })
})
