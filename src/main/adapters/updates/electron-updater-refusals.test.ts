import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { makeKeys, signRelease } from '../../../../scripts/lib/release-signature.mjs'
import {
  descriptionName,
  descriptionOf,
  fileNameOf,
  type ReleaseFeed,
} from '../../../../tests/fakes/release-feed'
import { failed, filesIn, updateFolder } from '../../../../tests/fakes/update-folder'

const { open, close, appImage, pending, aSource, find } = updateFolder()
let feed: ReleaseFeed

beforeEach(async () => {
  ;({ feed } = await open())
})

afterEach(close)

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
