import type { SectionRegistry } from '../../shared/domain/sections/registry'
import type { AppError, Result } from '../../shared/errors'
import type { RestoreReceipt } from '../../shared/ipc/contract'
import type { HistoryLine } from '../../shared/sync/history-view'
import { sendable, type ProfileClient } from '../client/client'

const pageSize = 50
const mostAsked = 200

interface Surroundings {
  readonly client: ProfileClient
  readonly registry: SectionRegistry
  /** The section to show at first; `''` for all. */
  readonly section: string
}

/** Earlier values as main lists them, and the acts on them. */
export class HistoryState {
  readonly #client: ProfileClient
  readonly #registry: SectionRegistry
  #section = $state('')
  #lines = $state.raw<readonly HistoryLine[]>([])
  #total = $state(0)
  #isLoaded = $state(false)
  #error = $state.raw<AppError | undefined>()
  #asked = 0

  constructor({ client, registry, section }: Surroundings) {
    this.#client = client
    this.#registry = registry
    this.#section = section
  }

  /** Follows what is confirmed or undone while it is looked at; the answer stops it. */
  listen(): () => void {
    return this.#client.pending.changed(() => void this.load())
  }

  get section(): string {
    return this.#section
  }

  get lines(): readonly HistoryLine[] {
    return this.#lines
  }

  get total(): number {
    return this.#total
  }

  get hasMore(): boolean {
    return this.#lines.length < this.#total
  }

  get isLoaded(): boolean {
    return this.#isLoaded
  }

  get error(): AppError | undefined {
    return this.#error
  }

  /** Lists anew as much as is shown. */
  async load(): Promise<void> {
    const asked = (this.#asked += 1)
    const wanted = Math.min(mostAsked, Math.max(pageSize, this.#lines.length))
    const answer = await this.#list(0, wanted)
    if (asked !== this.#asked) return
    this.#isLoaded = true
    this.#error = answer.ok ? undefined : answer.error
    if (!answer.ok) return
    this.#lines = answer.value.lines
    this.#total = answer.value.total
  }

  async more(): Promise<void> {
    const asked = (this.#asked += 1)
    const answer = await this.#list(this.#lines.length, pageSize)
    if (asked !== this.#asked) return
    this.#error = answer.ok ? undefined : answer.error
    if (answer.ok) this.#lines = [...this.#lines, ...answer.value.lines]
  }

  /** `''`: every section. */
  async show(section: string): Promise<void> {
    this.#section = section
    this.#lines = []
    await this.load()
  }

  async restore(id: string): Promise<Result<RestoreReceipt>> {
    const answer = await this.#client.history.restore({ id })
    if (answer.ok) await this.load()
    return answer
  }

  /** Takes a restored value back, in the way main has said. */
  async undo({ section, item, undo }: RestoreReceipt): Promise<Result<unknown>> {
    const id = this.#registry.all.find((entry) => entry.id === section)?.id
    if (id === undefined) return { ok: true, value: undefined }
    const answer = await this.#takeBack({ section: id, item }, undo)
    await this.load()
    return answer
  }

  async clear(): Promise<Result<void>> {
    const answer = await this.#client.history.clear({})
    if (answer.ok) await this.load()
    return answer
  }

  #list(offset: number, limit: number) {
    const section = this.#section
    return this.#client.history.list({ offset, limit, ...(section !== '' && { section }) })
  }

  #takeBack(
    where: { readonly section: string; readonly item: string },
    undo: RestoreReceipt['undo'],
  ): Promise<Result<unknown>> {
    switch (undo.kind) {
      case 'withdraw':
        return this.#client.pending.undo({ mutation: undo.mutation })
      case 'write':
        return this.#client.section.edit({ ...where, patch: sendable(undo.values) })
      case 'drop-draft':
        return this.#client.section.saveDraft({ ...where, values: {} })
    }
  }
}
