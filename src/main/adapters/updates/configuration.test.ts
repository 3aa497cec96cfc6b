import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeKeys } from '../../../../scripts/lib/release-signature.mjs'
import { readConfiguration, type ThisCopy } from './configuration'
import { readPublicKey } from './release-signature'
import { troubleOf, UpdateFailure } from './trouble'

const { publicKey } = makeKeys()
const good = { feed: 'https://updates.example/app', publicKey, publisher: 'Example Inc.' }

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iblai-updates-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function read(content: unknown, copy: Partial<ThisCopy> = {}) {
  const packedFile = join(folder, 'updates.json')
  await writeFile(packedFile, typeof content === 'string' ? content : JSON.stringify(content))
  const environment = { APPIMAGE: '/home/noor/Profile.AppImage' }
  return readConfiguration({
    platform: 'linux',
    isPackaged: true,
    environment,
    packedFile,
    ...copy,
  })
}

describe('where updates come from', () => {
  it('is what was packed with the app, with the key', async () => {
    const found = await read(good)
    expect(found).toMatchObject({ publisher: 'Example Inc.' })
    expect(typeof found === 'string' ? found : found.feed.href).toBe('https://updates.example/app/')
  })

  it('is a mirror an administrator names; the key stays', async () => {
    const environment = { APPIMAGE: '/p', IBLAI_PROFILE_UPDATE_FEED: 'https://mirror.example/' }
    const found = await read(good, { environment })
    expect(typeof found === 'string' ? found : found.feed.href).toBe('https://mirror.example/')
    expect(await read({ ...good, publicKey: null }, { environment })).toBe('bad-configuration')
  })

  it('is not another file, once the app is packed', async () => {
    const other = join(folder, 'other.json')
    await writeFile(other, JSON.stringify({ ...good, feed: 'https://other.example/' }))
    const environment = { APPIMAGE: '/p', IBLAI_PROFILE_UPDATES: other }
    const hrefOf = (found: Awaited<ReturnType<typeof read>>) =>
      typeof found === 'string' ? found : found.feed.href
    expect(hrefOf(await read(good, { environment }))).toBe('https://updates.example/app/')
    const isPackaged = false
    expect(hrefOf(await read(good, { environment, isPackaged }))).toBe('https://other.example/')
  })

  it.each([
    'http://updates.example/',
    'http://127.0.0.1.example/',
    'ftp://updates.example/',
    'file:///srv/updates/',
    'https://user:secret@updates.example/',
    'updates',
  ])('is not %s', async (feed) => {
    expect(await read({ ...good, feed })).toBe('bad-configuration')
  })

  it.each(['http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]:8080/'])(
    'may be this computer: %s',
    async (feed) => {
      expect(await read({ ...good, feed })).not.toBeTypeOf('string')
    },
  )

  it.each<readonly [string, unknown]>([
    ['no key', { ...good, publicKey: null }],
    ['an empty key', { ...good, publicKey: '' }],
    ['a key that is none', { ...good, publicKey: 'AAAA' }],
    ['no JSON', '{'],
    ['another shape', { feed: 7 }],
  ])('%s: nothing is looked for', async (_name, content) => {
    expect(await read(content)).toBe('bad-configuration')
  })

  it('is nowhere as the repository has it, from source, as a package and as one program', async () => {
    expect(await read({ feed: null, publicKey: null, publisher: null })).toBe('not-configured')
    expect(await read(good, { isPackaged: false })).toBe('development')
    expect(await read(good, { environment: {} })).toBe('package-manager')
    const environment = { PORTABLE_EXECUTABLE_FILE: 'C:\\Profile.exe' }
    expect(await read(good, { platform: 'win32', environment })).toBe('portable')
  })

  it('needs the publisher on Windows', async () => {
    const windows = { platform: 'win32', environment: {} } as const
    expect(await read(good, windows)).toMatchObject({ publisher: 'Example Inc.' })
    expect(await read({ ...good, publisher: null }, windows)).toBe('bad-configuration')
  })
})

describe('a public key', () => {
  it('is read as bytes, as SPKI and as PEM, and only one of Ed25519', () => {
    const pair = generateKeyPairSync('ed25519').publicKey
    const pem = pair.export({ type: 'spki', format: 'pem' }).toString()
    const der = pair.export({ type: 'spki', format: 'der' })
    for (const text of [pem, der.toString('base64'), der.subarray(-32).toString('base64')]) {
      expect(readPublicKey(text)?.equals(pair)).toBe(true)
    }
    const { publicKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(readPublicKey(other.export({ type: 'spki', format: 'pem' }).toString())).toBeUndefined()
  })
})

describe('a failure', () => {
  it.each([
    [new Error('net::ERR_INTERNET_DISCONNECTED'), 'offline'],
    [new Error('net::ERR_NAME_NOT_RESOLVED'), 'offline'],
    [new Error('net::ERR_CONNECTION_TIMED_OUT'), 'timeout'],
    [new Error('net::ERR_PROXY_CONNECTION_FAILED'), 'proxy'],
    [new Error('net::ERR_TUNNEL_CONNECTION_FAILED'), 'proxy'],
    [new Error('net::ERR_CERT_AUTHORITY_INVALID'), 'certificate'],
    [new Error('net::ERR_SOMETHING_NEW'), 'failed'],
    [new Error('Cannot download "https://x/y", status 503: Busy'), 'server'],
    [new Error('Cannot download "https://x/y", status 404: Not Found'), 'not-found'],
    [Object.assign(new Error('x'), { code: 'ENOSPC' }), 'disk-full'],
    [Object.assign(new Error('x'), { code: 'EACCES' }), 'not-writable'],
    [Object.assign(new Error('x'), { code: 'ERR_UPDATER_INVALID_SIGNATURE' }), 'file'],
    [new UpdateFailure('signature'), 'signature'],
    ['text', 'failed'],
  ])('%s is %s', (cause, trouble) => {
    expect(troubleOf(cause)).toBe(trouble)
  })
})
