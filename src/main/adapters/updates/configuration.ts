import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import type { UpdateOff } from '../../../shared/domain/updates'
import { isLoopback } from '../../../shared/domain/workspace'
import { readPublicKey } from './release-signature'

export interface UpdateConfiguration {
  /** Where descriptions and files lie; its path ends with a slash. */
  readonly feed: URL
  readonly key: KeyObject
  /** On Windows: whom the installer has to be signed by. */
  readonly publisher?: string
}

export interface ThisCopy {
  readonly platform: NodeJS.Platform
  readonly isPackaged: boolean
  readonly environment: Readonly<Record<string, string | undefined>>
  /** The `updates.json` that was packed with the app. */
  readonly packedFile: string
}

const written = v.object({
  feed: v.nullable(v.string()),
  publicKey: v.nullable(v.string()),
  publisher: v.optional(v.nullable(v.string())),
})

/** Names another `updates.json`. Heard from a checkout only: it can change the key. */
const fileVariable = 'IBLAI_PROFILE_UPDATES'
/** An administrator’s mirror, in place of the feed that was packed. The key stays. */
const feedVariable = 'IBLAI_PROFILE_UPDATE_FEED'

/** @returns where this copy looks for releases and whom it believes, or why it does not look. */
export async function readConfiguration(copy: ThisCopy): Promise<UpdateConfiguration | UpdateOff> {
  const { platform, isPackaged, environment } = copy
  const given = isPackaged ? undefined : environment[fileVariable]
  if (!isPackaged && given === undefined) return 'development'
  if (platform === 'linux' && !environment['APPIMAGE']) return 'package-manager'
  if (platform === 'win32' && environment['PORTABLE_EXECUTABLE_FILE']) return 'portable'
  const file = await readWritten(given ?? copy.packedFile)
  if (file === undefined) return 'bad-configuration'
  const feed = environment[feedVariable] ?? file.feed
  if (!feed) return 'not-configured'
  return complete(feed, file, platform)
}

async function readWritten(path: string): Promise<v.InferOutput<typeof written> | undefined> {
  try {
    const parsed = v.safeParse(written, JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.output : undefined
  } catch {
    return undefined
  }
}

function complete(
  feed: string,
  { publicKey, publisher }: v.InferOutput<typeof written>,
  platform: NodeJS.Platform,
): UpdateConfiguration | UpdateOff {
  const url = feedUrl(feed)
  const key = publicKey ? readPublicKey(publicKey) : undefined
  const isUnknownPublisher = platform === 'win32' && !publisher
  if (!url || !key || isUnknownPublisher) return 'bad-configuration'
  return { feed: url, key, ...(publisher && { publisher }) }
}

function feedUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!isSafe(url) || url.username !== '' || url.password !== '') return undefined
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  url.hash = ''
  return url
}

/** TLS, or this computer itself. */
export const isSafe = ({ protocol, hostname }: Pick<URL, 'protocol' | 'hostname'>): boolean =>
  protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
