import { Provider, type ResolvedUpdateFileInfo, type UpdateInfo } from 'electron-updater'
import {
  parseUpdateInfo,
  type ProviderRuntimeOptions,
} from 'electron-updater/out/providers/Provider'
import * as v from 'valibot'
import type { UpdateConfiguration } from './configuration'
import { isSignedBy, releaseStatement } from './release-signature'
import type { Limits, RequestGuard } from './request-guard'
import { UpdateFailure } from './trouble'

/** Handed through the library, which makes the provider itself. */
export interface SignedProviderOptions {
  readonly provider: 'custom'
  readonly updateProvider: typeof SignedProvider
  readonly configuration: Pick<UpdateConfiguration, 'feed' | 'key'>
  readonly guard: RequestGuard
  /** `AppImage`, `zip` or `exe`: what this system is updated with. */
  readonly extension: string
}

const maxDescriptionBytes = 64 * 1024
export const maxFileBytes = 1024 ** 3

const smallFile: Limits = {
  maxBytes: maxDescriptionBytes,
  tooLong: 'description',
  quietMs: 20_000,
  totalMs: 60_000,
}

/** A name beside the description: no folder, no address. */
const fileName = v.pipe(v.string(), v.regex(/^[\w.+-]+$/))

const description = v.object({
  version: v.pipe(v.string(), v.maxLength(100)),
  /** For every kind of package of this system. */
  files: v.array(v.looseObject({ url: v.string() })),
  releaseDate: v.optional(v.string(), ''),
})

const namedFile = v.object({
  url: fileName,
  sha512: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/)),
  size: v.optional(
    v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxFileBytes)),
    maxFileBytes,
  ),
})

/**
 * Reads what is offered: `latest….yml` and its signature beside it. Nothing of it is looked at before
 * the signature over its exact bytes is found good. It then names one file and the SHA-512 that the
 * library compares what it fetched with.
 *
 * Limits: 64 KiB, nothing for 20 s, a minute in all. Errors: `UpdateFailure`, or the library’s own.
 */
export class SignedProvider extends Provider<UpdateInfo> {
  readonly #options: SignedProviderOptions

  constructor(options: SignedProviderOptions, _updater: unknown, runtime: ProviderRuntimeOptions) {
    super(runtime)
    this.#options = options
  }

  override setRequestHeaders(): void {
    // The library would send the number it made for this computer.
  }

  async getLatestVersion(): Promise<UpdateInfo> {
    const { feed, key } = this.#options.configuration
    const name = `${this.getDefaultChannelName()}.yml`
    const text = await this.#read(new URL(name, feed))
    const signature = await this.#readSignature(new URL(`${name}.sig`, feed))
    const isGood = isSignedBy(key, releaseStatement(name, Buffer.from(text)), signature)
    if (!isGood) throw new UpdateFailure(isWebPage(text) ? 'web-page' : 'signature')
    return this.#parse(text, new URL(name, feed))
  }

  resolveFiles({ files }: UpdateInfo): ResolvedUpdateFileInfo[] {
    const { feed } = this.#options.configuration
    return files.map((info) => ({ url: new URL(info.url, feed), info }))
  }

  #read(url: URL): Promise<string> {
    return this.#options.guard.within(smallFile, async (token) => {
      const text = await this.httpRequest(url, { accept: '*/*' }, token)
      return text ?? ''
    })
  }

  /** A description without a signature is one that nobody signed. */
  async #readSignature(url: URL): Promise<string> {
    try {
      return await this.#read(url)
    } catch (cause) {
      const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'HTTP_ERROR_404'
      throw isMissing ? new UpdateFailure('signature') : cause
    }
  }

  #parse(text: string, from: URL): UpdateInfo {
    const parsed = v.safeParse(description, loadYaml(text, from))
    if (!parsed.success) throw new UpdateFailure('description')
    const { version, files, releaseDate } = parsed.output
    const meant = files.filter(({ url }) => url.endsWith(`.${this.#options.extension}`))
    const ours = v.safeParse(v.array(namedFile), meant)
    if (!ours.success) throw new UpdateFailure('description')
    const [first] = ours.output
    if (!first) throw new UpdateFailure('not-found')
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library’s type still asks for both
    return { version, files: ours.output, path: first.url, sha512: first.sha512, releaseDate }
  }
}

const isWebPage = (text: string): boolean => /^\s*</.test(text)

function loadYaml(text: string, from: URL): unknown {
  try {
    return parseUpdateInfo(text, from.pathname, from)
  } catch {
    return undefined
  }
}
