import { isFileValue, listOf, type FileValue } from '../../../shared/domain/values'
import { selfItemId } from '../../../shared/domain/ids'
import type { AnySection } from '../../../shared/domain/sections/section'
import type { AppError, Result } from '../../../shared/errors'
import type { ResumeFile } from '../../../shared/ipc/contract'
import { sentenceFor } from '../../../shared/text/errors'
import type { Sentence } from '../../../shared/text/sentence'
import { progressText, sizeText } from '../../../shared/text/sizes'
import { whenText } from '../../../shared/text/times'
import type { ItemView } from '../../../shared/sync/view'
import type { AppState } from '../../state/app-state.svelte'
import type { EditState } from '../../ui/edit-state'
import type { DragOutWords } from './drag-out-words'
import { editStateOf } from './edit-words'
import { namedLinks, type NamedLink } from './named-links'

export interface UploadProgressWords {
  readonly sent: number
  readonly total: number
  readonly text: string
  readonly caption: string
}

export interface CancelledUpload extends Sentence {
  /** The person has to say how it goes on. */
  readonly isStuck: boolean
}

/** The file that is the résumé, the one on its way, and what stands beside them. */
export class ResumeState {
  readonly #app: AppState
  readonly #section: AnySection

  constructor(app: AppState, section: AnySection) {
    this.#app = app
    this.#section = section
  }

  get org(): string {
    return this.#app.workspaces.org || 'the platform'
  }

  get item(): ItemView | undefined {
    const items = this.#app.sections.view(this.#section.id)?.items
    return items?.find((item) => item.id === selfItemId) ?? items?.[0]
  }

  /** What the platform has. */
  get stored(): FileValue | undefined {
    const file = this.item?.saved['file']
    return isFileValue(file) ? file : undefined
  }

  /** What is on this computer and not there yet. */
  get waiting(): FileValue | undefined {
    return this.#changed?.spoolId === undefined ? undefined : this.#changed
  }

  /** An upload was cancelled on its way, and may have arrived all the same. */
  get cancelled(): CancelledUpload | undefined {
    if (!this.#changed || this.waiting) return undefined
    const title = 'Upload cancelled'
    if (this.waitingState !== 'refused') {
      const text = `Looking whether ${this.org} has the file all the same.`
      return { title, text, isStuck: false }
    }
    const isThere = this.item?.error?.kind === 'refused-input'
    const text = isThere
      ? `${this.org} had the file already and cannot put the earlier one back. Keep it, or choose another.`
      : (this.trouble?.title ?? '')
    return { title, text, isStuck: true }
  }

  get #changed(): FileValue | undefined {
    const file = this.item?.values['file']
    return isFileValue(file) && this.item?.marks['file'] !== undefined ? file : undefined
  }

  get waitingState(): EditState | undefined {
    return editStateOf(this.item?.marks['file'])
  }

  get waitingWord(): string | undefined {
    return this.waitingState === 'here' ? 'On this computer, waiting' : undefined
  }

  get waitingFacts(): string {
    const given = this.item?.editedAt
    return [
      this.waiting?.size !== undefined && sizeText(this.waiting.size),
      given !== undefined && `given ${whenText(given, this.#app.now)}`,
    ]
      .filter((part) => part !== false)
      .join(', ')
  }

  get progress(): UploadProgressWords {
    const { status } = this.#app.pending
    const total = this.waiting?.size ?? 0
    const isSending = this.waitingState === 'sending'
    const sent = isSending && status.kind === 'sending' ? (status.sentBytes ?? 0) : 0
    const whole = isSending && status.kind === 'sending' ? (status.totalBytes ?? total) : total
    return { sent, total: whole, text: progressText(sent, whole), caption: this.#caption() }
  }

  /** Why it is not there yet. */
  get trouble(): Sentence | undefined {
    const error = this.item?.error
    return error && sentenceFor(error, this.#app.errorContext('file'))
  }

  get canRetry(): boolean {
    return this.item?.error !== undefined
  }

  get otherFiles(): readonly string[] {
    return listOf(this.item?.values['otherFiles'])
  }

  get links(): readonly NamedLink[] {
    return namedLinks(this.item?.values['links'])
  }

  /** Files the platform dropped with the last upload. */
  get vanished(): readonly string[] {
    const names = this.#app.sections.view(this.#section.id)?.facts['vanished']
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : []
  }

  get givenError(): Sentence | undefined {
    const { error } = this.#app.resumeUpload
    return error && sentenceFor(error, this.#app.errorContext('file'))
  }

  get isTaking(): boolean {
    return this.#app.resumeUpload.isTaking
  }

  closeError(): void {
    this.#app.resumeUpload.closeError()
  }

  choose(): void {
    void this.#app.resumeUpload.choose()
  }

  async cancelUpload(): Promise<void> {
    const mutation = this.item?.mutation
    if (mutation !== undefined) this.#report(await this.#app.pending.undo(mutation))
  }

  async retry(): Promise<void> {
    this.#report(await this.#app.pending.retry(this.item?.mutation))
  }

  async download(name?: string): Promise<void> {
    this.#report(await this.#app.client.resume.download(name === undefined ? {} : { name }))
  }

  /** The file on its way, from its copy here. */
  async saveCopy(): Promise<void> {
    this.#report(await this.#app.client.resume.download({ file: 'waiting' }))
  }

  /** How one of the two files is dragged out of the window, in words and deeds. */
  dragOf(file: ResumeFile, name: string): DragOutWords {
    return {
      label: `${name}, can be dragged to a folder or another app`,
      hint: 'Drag it to a folder or another app',
      onPrepare: () => void this.#app.resumeUpload.drag.prepare(file),
      onDrag: () => void this.#drag(file, name),
    }
  }

  /** Without a copy nothing is dragged: that is said, and once more if it cannot be had. */
  async #drag(file: ResumeFile, name: string): Promise<void> {
    const begun = await this.#app.resumeUpload.drag.drag(file)
    if (!begun.ok) return this.#reportDrag(begun.error, name)
    if (begun.value) return
    this.#app.toasts.show({ text: `Fetching ${name}: it can be dragged in a moment.` })
    const fetched = await this.#app.resumeUpload.drag.prepare(file)
    if (!fetched.ok) this.#reportDrag(fetched.error, name)
  }

  #reportDrag(error: AppError, name: string): void {
    if (error.kind !== 'offline') return this.#app.report(error)
    const text = `${name} is on ${this.org} only: it can be dragged when the network is back.`
    this.#app.toasts.show({ text })
  }

  async open(link: NamedLink): Promise<void> {
    await this.#app.openLink(link.address)
  }

  #caption(): string {
    if (this.waitingState === 'sending') return `Sending to ${this.org}`
    if (this.waitingState === 'refused') return 'Not sent'
    return this.#app.pending.isOffline ? 'Waiting for a network' : 'Waiting to be sent'
  }

  #report(answer: Result<unknown>): void {
    if (!answer.ok) this.#app.report(answer.error)
  }
}
