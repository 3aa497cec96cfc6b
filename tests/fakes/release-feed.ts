import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeKeys, signRelease } from '../../scripts/lib/release-signature.mjs'

export interface Release {
  readonly version: string
  /** What is announced. */
  readonly file: string
  /** What is sent; without it what is announced. */
  readonly sent?: string
  /** Signs in place of the feed’s own key. */
  readonly signer?: string
  /** The description’s name in the signature. */
  readonly signedAs?: string
}

type Answerer = (request: IncomingMessage, response: ServerResponse) => void

/** A place releases are published at, on loopback, with a pair of keys of its own. */
export interface ReleaseFeed {
  readonly url: string
  readonly publicKey: string
  /** Paths that were asked for, in order, without the slash. */
  readonly asked: readonly string[]
  readonly offer: (release: Release) => void
  /** Changes what is answered for one path; `undefined` takes it away. */
  readonly set: (path: string, content: string | Answerer | undefined) => void
  readonly get: (path: string) => string
  /** Resolves once the path is asked for the next time. */
  readonly nextOf: (path: string) => Promise<void>
  readonly close: () => Promise<void>
}

export const descriptionName = 'latest-linux.yml'

const sha512 = (text: string) => createHash('sha512').update(text).digest('base64')

/** As electron-builder writes it. */
export function descriptionOf({ version, file }: Pick<Release, 'version' | 'file'>): string {
  const name = fileNameOf(version)
  const hash = sha512(file)
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${name}`,
    `    sha512: ${hash}`,
    `    size: ${Buffer.byteLength(file)}`,
    `  - url: iblai-profile-${version}-linux-amd64.deb`,
    `    sha512: ${sha512('a package')}`,
    `path: ${name}`,
    `sha512: ${hash}`,
    "releaseDate: '2026-11-24T12:00:00.000Z'",
    '',
  ].join('\n')
}

export const fileNameOf = (version: string) => `iblai-profile-${version}-linux-x64.AppImage`

export async function startReleaseFeed(): Promise<ReleaseFeed> {
  const keys = makeKeys()
  const contents = new Map<string, string | Answerer>()
  const asked: string[] = []
  const waiting = new Map<string, () => void>()
  const server = createServer((request, response) => {
    const path = (request.url ?? '').slice(1)
    asked.push(path)
    waiting.get(path)?.()
    const content = contents.get(path)
    if (typeof content === 'function') content(request, response)
    else if (content === undefined) response.writeHead(404).end('nothing there')
    else response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const set: ReleaseFeed['set'] = (path, content) => {
    if (content === undefined) contents.delete(path)
    else contents.set(path, content)
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    publicKey: keys.publicKey,
    asked,
    set,
    get: (path) => {
      const content = contents.get(path)
      return typeof content === 'string' ? content : ''
    },
    offer: ({
      version,
      file,
      sent = file,
      signer = keys.privateKey,
      signedAs = descriptionName,
    }) => {
      const description = descriptionOf({ version, file })
      set(descriptionName, description)
      set(`${descriptionName}.sig`, signRelease(signer, signedAs, Buffer.from(description)))
      set(fileNameOf(version), sent)
    },
    nextOf: (path) => new Promise((resolve) => waiting.set(path, resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
