import { resume } from '../../../shared/domain/sections/resume'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { Origins } from '../../../shared/domain/workspace'
import type { Result, Service } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Spool } from '../../../shared/sync/ports'
import { downloadBytes } from './files'
import { createHttpClient, withoutRetry, type HttpClientParts } from './http-client'
import { probe, type ProbeFindings } from './probe'
import type { DownloadRequest, HttpClient } from './requests'
import type { ResourceApi } from './resource-api'
import { resumeFileUrl } from './resume-wire'
import { saveFile } from './save-file'
import { createHttpSectionApi } from './section-api'
import type { TokenSource } from './token'

const photoMaxBytes = 5 * 1024 * 1024
const fileMaxBytes = 100 * 1024 * 1024

export interface ConnectionSetup {
  readonly org: string
  readonly username: string
  readonly origins: Origins
  readonly credential: TokenSource
  /** A token that one host takes instead; it goes to that host alone. */
  readonly own?: Readonly<Partial<Record<Service, TokenSource>>>
  readonly spool: Pick<Spool, 'open'>
  /** Whose access `probe` asks about. */
  readonly sections: readonly AnySection[]
}

/** `signal` ends it; a private file is the person's alone. */
export interface SavingResume {
  readonly signal?: AbortSignal
  readonly isPrivate?: boolean
}

export interface HttpConnection {
  readonly api: ResourceApi
  readonly probe: (services?: readonly Service[]) => Promise<ProbeFindings>
  readonly photo: (url: string) => Promise<Result<Uint8Array>>
  readonly saveResumeFile: (
    name: string | undefined,
    path: string,
    how?: SavingResume,
  ) => Promise<Result<void>>
  readonly close: () => Promise<void>
}

/** A way to the platform for one person; both hosts get the same token unless one has its own. */
export function connectPlatform(
  setup: ConnectionSetup,
  parts: Pick<HttpClientParts, 'clock' | 'random' | 'log' | 'agent'>,
): HttpConnection {
  const { org, username, spool } = setup
  const { clock } = parts
  const tokens = { lms: tokenFor(setup, 'lms'), dm: tokenFor(setup, 'dm') }
  const credential = { lms: () => tokens.lms, dm: () => tokens.dm }
  const client = createHttpClient({ ...parts, origins: setup.origins, credential })
  const api = createHttpSectionApi({ client, org, username, spool, clock })
  const ending = new AbortController()
  return {
    api,
    probe: (services) => {
      const scope = { client: withoutRetry(client), org, username, spool, clock }
      const { sections } = setup
      const api = createHttpSectionApi(scope)
      const target = { scope, api, sections, ...(services && { services }) }
      return probe(target, ending.signal)
    },
    photo: async (url) => {
      const { signal } = ending
      const photo = await downloadBytes(client, { url, maxBytes: photoMaxBytes, signal })
      return photo.ok ? ok(photo.value.bytes) : photo
    },
    saveResumeFile: (name, path, { signal, isPrivate = false } = {}) => {
      const ends = signal ? AbortSignal.any([ending.signal, signal]) : ending.signal
      const mode = isPrivate ? 0o600 : undefined
      return saveResumeFile({ client, api, signal: ends, mode }, name, path)
    },
    close: () => {
      ending.abort()
      return client.close()
    },
  }
}

function tokenFor({ credential, own }: ConnectionSetup, service: Service): TokenSource {
  const token = own?.[service]
  return token ? { reveal: () => token.reveal(), isOwn: true } : credential
}

interface Downloading {
  readonly client: HttpClient
  readonly api: ResourceApi
  readonly signal: AbortSignal
  readonly mode: number | undefined
}

/** The record may still hand out an address that has expired; the next one is tried once. */
async function saveResumeFile(
  downloading: Downloading,
  name: string | undefined,
  path: string,
): Promise<Result<void>> {
  const first = await saveFreshFile(downloading, name, path)
  const isExpired = !first.ok && first.error.kind === 'forbidden'
  return isExpired ? saveFreshFile(downloading, name, path) : first
}

/** Addresses of files are signed and expire, so the record is read anew before each download. */
async function saveFreshFile(
  { client, api, signal, mode }: Downloading,
  name: string | undefined,
  path: string,
): Promise<Result<void>> {
  const pulled = await api.pull(resume, signal)
  if (!pulled.ok) return pulled
  const [item] = pulled.value.items
  const url = item && resumeFileUrl(item, name)
  if (url === undefined) return err({ kind: 'not-found', service: 'dm' })
  const fill = (onPiece: DownloadRequest['onPiece']) =>
    client.download({ url, maxBytes: fileMaxBytes, signal, onPiece })
  return saveFile(path, fill, mode)
}
