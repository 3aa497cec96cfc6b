import { tick } from 'svelte'
import { registry as builtIn, type SectionRegistry } from '../../shared/domain/sections/registry'
import type { AnySection } from '../../shared/domain/sections/section'
import type { Prefill, Workspace } from '../../shared/domain/workspace'
import type { AppError } from '../../shared/errors'
import type { ShowRequest } from '../../shared/ipc/app-views'
import type { StartView } from '../../shared/ipc/contract'
import type { Clock } from '../../shared/sync/ports'
import type { ErrorContext } from '../../shared/text/sentence'
import { pageClock } from '../client/clock'
import type { ProfileClient } from '../client/client'
import { credentialTroubleOf, type CredentialTrouble } from './credential-trouble'
import { HelpState } from './help-state.svelte'
import { noPrefill } from './no-prefill'
import { isPage, titleOfPage } from './pages'
import { PendingState } from './pending-state.svelte'
import { ResumeUploadState } from './resume-upload-state.svelte'
import { SectionsState } from './sections-state.svelte'
import { SettingsState } from './settings-state.svelte'
import { Ticker } from './ticker.svelte'
import type { Toasts } from './toasts'
import { UpdatesState } from './updates-state.svelte'
import { WorkspacesState } from './workspaces-state.svelte'

export interface AppOptions {
  readonly toasts: Toasts
  readonly clock?: Clock
  readonly registry?: SectionRegistry
}

const minuteMs = 60_000

/** The one object the window's parts share: what is open, and the state of everything shown. */
export class AppState {
  readonly client: ProfileClient
  readonly clock: Clock
  readonly registry: SectionRegistry
  readonly sections: SectionsState
  readonly pending: PendingState
  readonly workspaces: WorkspacesState
  readonly settings: SettingsState
  readonly toasts: Toasts
  readonly resumeUpload: ResumeUploadState
  readonly help: HelpState
  readonly updates: UpdatesState
  readonly #minutes: Ticker
  #start = $state.raw<StartView | undefined>()
  #startError = $state.raw<AppError | undefined>()
  #page = $state('')
  #isConnecting = $state(false)
  #isPendingOpen = $state(false)
  #isSigningOut = $state(false)
  #wantedItem = $state.raw<string | undefined>()

  constructor(client: ProfileClient, options: AppOptions) {
    this.client = client
    this.clock = options.clock ?? pageClock
    this.registry = options.registry ?? builtIn
    this.toasts = options.toasts
    const report = (error: AppError) => {
      this.report(error)
    }
    const { registry, toasts } = this
    this.sections = new SectionsState(client, { registry, toasts, report })
    this.pending = new PendingState(client)
    this.workspaces = new WorkspacesState(client)
    this.settings = new SettingsState(client, report)
    this.resumeUpload = new ResumeUploadState(client)
    this.help = new HelpState(client, this.toasts)
    this.updates = new UpdatesState(client, this.clock)
    this.#minutes = new Ticker(this.clock, minuteMs)
  }

  /** Listens first, so that nothing told between question and answer is missed. */
  listen(): () => void {
    const stops = [
      this.sections.listen(),
      this.pending.listen(),
      this.settings.listen(),
      this.updates.listen(),
      this.workspaces.listen(() => void this.reload()),
      this.client.app.show((request) => {
        this.#show(request)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Tells main when the system's network is back. A hint: what can be reached, main finds out. */
  hearNetwork(source: Pick<Window, 'addEventListener' | 'removeEventListener'>): () => void {
    const tell = () => void this.client.app.networkBack({})
    source.addEventListener('online', tell)
    return () => {
      source.removeEventListener('online', tell)
    }
  }

  #show({ section, act }: ShowRequest): void {
    if (section !== undefined) this.navigate(section)
    if (act === 'choose-file') void this.resumeUpload.choose()
    if (act === 'take-handed') void this.resumeUpload.takeHanded()
    if (act === 'pending') this.openPending()
    if (act === 'connect') this.openConnect()
    this.help.show(act)
  }

  /** `whenShown` resolves once what was filled in stands on screen. */
  async start(whenShown?: () => Promise<void>): Promise<void> {
    const answer = await this.client.app.start({})
    if (!answer.ok) {
      this.#startError = answer.error
      return
    }
    this.#fill(answer.value)
    await this.#openShown(whenShown)
  }

  async reload(): Promise<void> {
    this.sections.clear()
    this.pending.clear()
    this.#isConnecting = false
    this.#isPendingOpen = false
    this.#isSigningOut = false
    await tick() // Forms that leave the screen hand over what stands in them.
    await this.start()
  }

  get isReady(): boolean {
    return this.#start !== undefined
  }

  get startError(): AppError | undefined {
    return this.#startError
  }

  get prefill(): Prefill {
    return this.#start?.prefill ?? noPrefill
  }

  get version(): string {
    return this.#start?.version ?? ''
  }

  /** Now, to the minute. */
  get now(): number {
    return this.#minutes.now
  }

  /** The section on screen; undefined while Settings or Connect are. */
  get section(): AnySection | undefined {
    return this.registry.shown.find((section) => section.id === this.#page)
  }

  get isSettingsOpen(): boolean {
    return this.#page === 'settings'
  }

  get isHistoryOpen(): boolean {
    return this.#page === 'history'
  }

  get isConnectShown(): boolean {
    return this.#isConnecting || this.workspaces.current === undefined
  }

  get isPendingOpen(): boolean {
    return this.#isPendingOpen
  }

  /** Why edits of this workspace cannot be sent with the token there is. */
  get credentialTrouble(): CredentialTrouble | undefined {
    return credentialTroubleOf(this)
  }

  /** What the open page is called. */
  get pageTitle(): string {
    return titleOfPage(this.registry, this.#page)
  }

  get title(): string {
    const parts = this.isConnectShown ? ['Connect'] : [this.pageTitle, this.workspaces.org]
    return [...parts, 'ibl.ai Profile'].filter((part) => part !== '').join(' – ')
  }

  /** Shows a section (or one record of it), `settings` or `history` (of one section). */
  navigate(page: string, item?: string): void {
    if (!isPage(this.registry, page)) return
    this.#page = page
    this.#wantedItem = item
    void this.#openShown()
    void this.focusHeading()
  }

  /** The record to open first on the page just navigated to; of the history, the section. */
  get wantedItem(): string | undefined {
    return this.#wantedItem
  }

  async focusHeading(): Promise<void> {
    await tick()
    document.querySelector<HTMLElement>('main h1')?.focus()
  }

  openConnect(): void {
    this.#isConnecting = true
    void this.focusHeading()
  }

  closeConnect(): void {
    this.#isConnecting = false
    void this.focusHeading()
  }

  /** A workspace was connected; main has told of it unless it was open already. */
  async opened(workspace: Workspace): Promise<void> {
    this.#isConnecting = false
    if (this.workspaces.current?.id !== workspace.id) await this.reload()
    await this.focusHeading()
  }

  get isSigningOut(): boolean {
    return this.#isSigningOut
  }

  openSignOut(): void {
    this.#isSigningOut = true
  }

  closeSignOut(): void {
    this.#isSigningOut = false
  }

  togglePending(): void {
    if (this.#isPendingOpen) this.closePending()
    else this.openPending()
  }

  openPending(): void {
    this.#isPendingOpen = true
    void this.#loadPending()
  }

  closePending(): void {
    this.#isPendingOpen = false
  }

  errorContext(action?: ErrorContext['action']): ErrorContext {
    const { org } = this.workspaces
    return { ...(org !== '' && { org }), ...(action && { action }) }
  }

  /** Says an error that belongs to no field and no form. */
  async openLink(url: string): Promise<void> {
    const answer = await this.client.app.openLink({ url })
    if (!answer.ok) this.report(answer.error)
  }

  report(error: AppError, action?: ErrorContext['action']): void {
    if (error.kind !== 'cancelled') void this.#say(error, this.errorContext(action))
  }

  async #say(error: AppError, context: ErrorContext): Promise<void> {
    // Not in the first script: nothing has failed yet.
    const { sentenceFor } = await import('../../shared/text/errors')
    const { title, text } = sentenceFor(error, context)
    this.toasts.show({ text: `${title}. ${text}` })
  }

  #fill(start: StartView): void {
    this.#start = start
    this.#startError = undefined
    this.settings.fill(start.settings)
    this.updates.fill(start.update)
    this.workspaces.fill(start.workspaces)
    this.pending.fill(start.status, start.pendingCount)
    this.sections.fill(start.sections)
    this.#page = start.open
  }

  /** The queue, and the records it tells of: their names and the values on both sides. */
  async #loadPending(): Promise<void> {
    await this.pending.load()
    const ids = this.pending.items.map((change) => change.section)
    const sections = this.registry.all.filter(({ id }) => ids.includes(id))
    await Promise.all(sections.map(({ id }) => this.sections.ensure(id)))
  }

  async #openShown(whenShown?: () => Promise<void>): Promise<void> {
    const { section } = this
    if (section && !this.isConnectShown) await this.sections.open(section, whenShown)
  }
}
