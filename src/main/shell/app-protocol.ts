import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

/** Privileges of the app's own scheme: a secure origin of its own, with cached compiled scripts. */
export const appScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, codeCache: true },
} as const

/** No unsafe directive, no network: the page talks to main only. */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

export interface AppProtocol {
  /** The folder with the built page. */
  readonly folder: string
  /** Pictures of the person, by the path below the host; `undefined` when there is none. */
  readonly picture: (path: readonly string[]) => Promise<Uint8Array | undefined>
}

/** Answers a request under `app://bundle/`; everything else is refused. */
export async function answerAppRequest(
  { method, url }: { readonly method: string; readonly url: string },
  { folder, picture }: AppProtocol,
): Promise<Response> {
  if (method !== 'GET') return refused(405)
  if (!URL.canParse(url)) return refused(400)
  const { protocol, host, username, pathname } = new URL(url)
  if (protocol !== 'app:' || host !== 'bundle' || username !== '') return refused(404)
  const path = decoded(pathname)
  if (path === undefined) return refused(400)
  const [kind, ...rest] = path.split('/').filter((part) => part !== '')
  if (kind === 'photo' || kind === 'spool') {
    const bytes = await picture([kind, ...rest])
    return bytes ? answered(bytes, pictureType(bytes)) : refused(404)
  }
  return fileAnswer(folder, path === '/' ? '/index.html' : path)
}

/** Only what really lies in the folder: a link in it that leads out is not followed. */
async function fileAnswer(folder: string, path: string): Promise<Response> {
  try {
    const [file, inside] = await Promise.all([realpath(join(folder, path)), realpath(folder)])
    if (!file.startsWith(inside + sep)) return refused(404)
    const bytes = await readFile(file)
    return answered(bytes, types[extname(file)] ?? 'application/octet-stream')
  } catch {
    return refused(404)
  }
}

/** `undefined` for a path that is not well formed or tries to climb. */
function decoded(pathname: string): string | undefined {
  try {
    const path = decodeURIComponent(pathname)
    return /[\0\\]|%|(^|\/)\.\.(\/|$)/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

/** Pictures come from outside, so only what is a raster picture by its first bytes is called one. */
function pictureType(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return 'image/png'
  if (bytes[0] === 0x47 && bytes[1] === 0x49) return 'image/gif'
  return 'application/octet-stream'
}

const headers = (type: string): Record<string, string> => ({
  'content-type': type,
  'content-security-policy': contentPolicy,
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
})

const answered = (bytes: Uint8Array, type: string): Response =>
  new Response(Buffer.from(bytes), { headers: headers(type) })

const refused = (status: number): Response =>
  new Response('', { status, headers: headers('text/plain') })
