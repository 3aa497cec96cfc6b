import { chmodSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeKeys, signRelease } from '../../../../scripts/lib/release-signature.mjs'
import { ManualClock } from '../../../../tests/fakes/main-clock'
import {
  descriptionName,
  descriptionOf,
  fileNameOf,
  startReleaseFeed,
  type ReleaseFeed,
} from '../../../../tests/fakes/release-feed'
import { createElectronUpdater } from './electron-updater'
import { readPublicKey } from './release-signature'

/** Node’s network in place of Electron’s; all else is what the app uses. */
class NodeExecutor extends ElectronHttpExecutor {
  override createRequest(
    options: RequestOptions,
    onAnswer: (answer: IncomingMessage) => void,
  ): Electron.ClientRequest {
    const { request } = options.protocol === 'http:' ? http : https
    return request(options, onAnswer) as unknown as Electron.ClientRequest
  }
}

let folder: string
let feed: ReleaseFeed
let clock: ManualClock
let started: string[]
let quits: number

const appImage = () => join(folder, 'Profile.AppImage')
const pending = () => join(folder, 'updates', 'fetched', 'pending')
const filesIn = (path: string) => readdir(path).catch(() => [])

function aSource(version = '0.1.0', publicKey = feed.publicKey) {
  const key = readPublicKey(publicKey)
  if (!key) throw new Error('no key')
  return createElectronUpdater({
    configuration: { feed: new URL(feed.url), key },
    clock,
    platform: 'linux',
    version,
    folder: join(folder, 'updates'),
    appImage: appImage(),
    startOnceEnded: (program) => started.push(program),
    quit: () => (quits += 1),
    executor: new NodeExecutor(),
  })
}

const find = (source = aSource()) => source.find(() => undefined)
const failed = (trouble: string) => ({ kind: 'failed', trouble })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iblai-updates-'))
  feed = await startReleaseFeed()
  clock = new ManualClock()
  started = []
  quits = 0
  await writeFile(appImage(), 'the old one')
  chmodSync(appImage(), 0o755)
  vi.stubEnv('APPIMAGE', appImage())
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await feed.close()
  await rm(folder, { recursive: true, force: true })
})

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
    expect([started, quits]).toEqual([[appImage()], 1])
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

describe('what is refused', () => {
  const refusals: readonly (readonly [string, string, () => void])[] = [
    [
      'a description that was changed',
      'signature',
      () => {
        feed.offer({ version: '0.2.0', file: 'the new one' })
        feed.set(descriptionName, descriptionOf({ version: '0.3.0', file: 'another' }))
      },
    ],
    [
      'another signer',
      'signature',
      () => {
        feed.offer({ version: '0.2.0', file: 'theirs', signer: makeKeys().privateKey })
      },
    ],
    [
      'the description of another system',
      'signature',
      () => {
        feed.offer({ version: '0.2.0', file: 'a disk image', signedAs: 'latest-mac.yml' })
      },
    ],
    [
      'no signature',
      'signature',
      () => {
        feed.offer({ version: '0.2.0', file: 'the new one' })
        feed.set(`${descriptionName}.sig`, undefined)
      },
    ],
    [
      'an empty signature',
      'signature',
      () => {
        feed.offer({ version: '0.2.0', file: 'the new one' })
        feed.set(`${descriptionName}.sig`, '')
      },
    ],
    [
      'a web page',
      'web-page',
      () => {
        feed.set(descriptionName, '<!doctype html><title>Sign in</title>')
        feed.set(`${descriptionName}.sig`, '<!doctype html><title>Sign in</title>')
      },
    ],
    [
      'a description without end',
      'description',
      () => {
        feed.set(descriptionName, (_request, response) => {
          const more = () => {
            while (!response.destroyed && response.write('#'.repeat(8_192)));
          }
          response.on('drain', more)
          more()
        })
      },
    ],
    [
      'a description without a file for this system',
      'not-found',
      () => {
        signed(descriptionOf({ version: '0.2.0', file: 'x' }).replaceAll('AppImage', 'dmg'))
      },
    ],
    [
      'a file from elsewhere',
      'description',
      () => {
        signed(
          descriptionOf({ version: '0.2.0', file: 'x' }).replaceAll(
            'url: ',
            'url: https://elsewhere.example/',
          ),
        )
      },
    ],
    [
      'nothing there',
      'not-found',
      () => {
        feed.set(descriptionName, undefined)
      },
    ],
    [
      'a fault of the server',
      'server',
      () => {
        feed.set(descriptionName, (_request, response) => response.writeHead(500).end())
      },
    ],
    [
      'a way without TLS',
      'insecure',
      () => {
        feed.set(descriptionName, (_request, response) =>
          response.writeHead(302, { location: 'http://elsewhere.example/latest-linux.yml' }).end(),
        )
      },
    ],
  ]

  let keys: { readonly publicKey: string; readonly privateKey: string }
  const signed = (description: string) => {
    feed.set(descriptionName, description)
    const signature = signRelease(keys.privateKey, descriptionName, Buffer.from(description))
    feed.set(`${descriptionName}.sig`, signature)
  }

  it.each(refusals)('%s', async (_name, trouble, offer) => {
    keys = makeKeys()
    offer()
    const isOwn = feed.get(`${descriptionName}.sig`) !== '' && trouble !== 'signature'
    const source = isOwn && trouble !== 'web-page' ? aSource('0.1.0', keys.publicKey) : aSource()
    expect(await find(source)).toEqual(failed(trouble))
    expect(feed.asked.filter((path) => path.endsWith('AppImage'))).toEqual([])
    expect(await readFile(appImage(), 'utf8')).toBe('the old one')
    expect(await source.install({ isRestart: true })).toBe('file')
  })

  it('another file than the one announced, though as long', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one', sent: 'the bad one' })
    const source = aSource()
    expect(await find(source)).toEqual(failed('file'))
    expect(await filesIn(pending())).toEqual([])
    expect(await source.install({ isRestart: true })).toBe('file')
    expect(await readFile(appImage(), 'utf8')).toBe('the old one')
  })

  it('a file without end', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    let isGone = false
    feed.set(fileNameOf('0.2.0'), (_request, response) => {
      response.on('close', () => (isGone = true))
      const more = () => {
        while (!response.destroyed && response.write('#'.repeat(8_192)));
      }
      response.on('drain', more)
      more()
    })
    expect(await find()).toEqual(failed('file'))
    await vi.waitFor(() => {
      expect(isGone).toBe(true)
    })
    expect(await filesIn(pending())).toEqual([])
  })

  it('a file that was exchanged after it was fetched', async () => {
    feed.offer({ version: '0.2.0', file: 'the new one' })
    const source = aSource()
    expect((await find(source)).kind).toBe('ready')
    await writeFile(join(pending(), fileNameOf('0.2.0')), 'the bad one')
    expect(await source.install({ isRestart: true })).toBe('file')
    expect(await readFile(appImage(), 'utf8')).toBe('the old one')
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
    expect([started, quits]).toEqual([[], 0])
    await rm(`${appImage()}.update`, { recursive: true })
    expect(await source.install({ isRestart: true })).toBeUndefined()
    expect(await readFile(appImage(), 'utf8')).toBe('the new one')
  })
})
