import {
  isAllSent,
  type RestartAnswer,
  type UnsentWork,
  type UpdateOff,
  type UpdateState,
  type UpdateTrouble,
} from '../../shared/domain/updates'
import type { Clock, Log, Random } from '../../shared/sync/ports'
import type { Preferences } from './ports'

export interface UpdateProgress {
  readonly version: string
  readonly percent: number
}

export type FoundUpdate =
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly version: string }
  | { readonly kind: 'failed'; readonly trouble: UpdateTrouble }

/** Where releases come from. Never throws for an expected failure. */
export interface UpdateSource {
  /** Looks for a newer release and fetches it. What it answers `ready` for is whole and signed. */
  find: (onProgress: (progress: UpdateProgress) => void) => Promise<FoundUpdate>
  /** Puts what was found in place. Ends the app with success, or answers why it could not. */
  install: (options: { readonly isRestart: boolean }) => Promise<UpdateTrouble | undefined>
}

export interface UpdatePorts {
  readonly source: UpdateSource | UpdateOff
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly preferences: Pick<Preferences, 'read'>
  readonly unsent: () => UnsentWork
  readonly onState: (state: UpdateState) => void
}

const firstMs = 60_000
const betweenMs = 6 * 3_600_000
/** Apps that were started together do not ask together. */
const jitterMs = 3_600_000

/**
 * Looks for updates, by itself or when asked, and restarts into one only when the person says so and
 * nothing of theirs is unsent. A failure that nobody asked for is logged and not shown.
 */
export class Updates {
  readonly #ports: UpdatePorts
  #state: UpdateState
  #checkedAt: number | undefined
  #looking: Promise<void> | undefined
  #isAskedFor = false
  #isInstalling = false
  #isStopped = false
  #cancelNext: () => void = () => undefined

  constructor(ports: UpdatePorts) {
    this.#ports = ports
    const { source } = ports
    this.#state = typeof source === 'string' ? { kind: 'off', reason: source } : { kind: 'idle' }
  }

  get state(): UpdateState {
    return this.#state
  }

  /** From now on it looks by itself. */
  begin(): void {
    if (this.#state.kind !== 'off') this.#lookAfter(firstMs)
  }

  /** After the quit began: nothing is told any more, and nothing new begins. */
  stop(): void {
    this.#isStopped = true
    this.#cancelNext()
  }

  /** Looks because the person asked; joins a look that is under way. Answers how it ended. */
  async check(): Promise<UpdateState> {
    this.#isAskedFor = true
    await this.#look()
    return this.#state
  }

  /** Restarts into a fetched update, unless something would have to wait for it. */
  async restart(): Promise<RestartAnswer> {
    if (this.#version === undefined || this.#isInstalling) return { kind: 'nothing-ready' }
    const unsent = this.#ports.unsent()
    if (!isAllSent(unsent)) return { kind: 'refused', unsent }
    const trouble = await this.#install({ isRestart: true })
    return trouble === undefined ? { kind: 'restarting' } : { kind: 'failed', trouble }
  }

  /** Whether an ordinary end of the app puts the update in place. Asked while all is still open. */
  mayInstallAtQuit(): boolean {
    return this.#state.kind === 'ready' && !this.#isInstalling && isAllSent(this.#ports.unsent())
  }

  /** Puts a fetched update in place without starting it. */
  async installAtQuit(): Promise<void> {
    await this.#install({ isRestart: false })
  }

  get #version(): string | undefined {
    return 'version' in this.#state && this.#state.kind !== 'downloading'
      ? this.#state.version
      : undefined
  }

  async #install(options: { readonly isRestart: boolean }): Promise<UpdateTrouble | undefined> {
    const { source, log } = this.#ports
    const version = this.#version
    if (typeof source === 'string' || version === undefined) return 'failed'
    this.#isInstalling = true
    const trouble = await source.install(options)
    log.info('update installed', { isRestart: options.isRestart, trouble: trouble ?? 'none' })
    if (trouble === undefined) return undefined
    this.#isInstalling = false
    this.#tell({ kind: 'failed', trouble, version })
    return trouble
  }

  /** A fetched update stays: looking again could only take it away. */
  #look(): Promise<void> {
    const { source } = this.#ports
    if (typeof source === 'string' || this.#isStopped || this.#version !== undefined) {
      return Promise.resolve()
    }
    this.#looking ??= this.#find(source).finally(() => {
      this.#looking = undefined
      this.#isAskedFor = false
    })
    return this.#looking
  }

  async #find(source: UpdateSource): Promise<void> {
    this.#tell({ kind: 'checking' })
    const found = await source.find((progress) => {
      this.#tell({ kind: 'downloading', ...progress })
    })
    this.#ports.log.info('update looked for', {
      found: found.kind,
      ...(found.kind === 'failed' && { trouble: found.trouble }),
    })
    if (found.kind === 'none') this.#checkedAt = this.#ports.clock.now()
    if (found.kind === 'ready' || (found.kind === 'failed' && this.#isAskedFor)) this.#tell(found)
    else this.#tell(this.#idle())
  }

  #idle(): UpdateState {
    return { kind: 'idle', ...(this.#checkedAt !== undefined && { checkedAt: this.#checkedAt }) }
  }

  #tell(state: UpdateState): void {
    if (this.#isStopped || JSON.stringify(state) === JSON.stringify(this.#state)) return
    this.#state = state
    this.#ports.onState(state)
  }

  #lookAfter(delayMs: number): void {
    const { clock, random, preferences } = this.#ports
    this.#cancelNext()
    this.#cancelNext = clock.after(delayMs, () => {
      const isWanted = preferences.read().settings.looksForUpdates
      void (isWanted ? this.#look() : Promise.resolve()).then(() => {
        if (!this.#isStopped) this.#lookAfter(betweenMs + random() * jitterMs)
      })
    })
  }
}
