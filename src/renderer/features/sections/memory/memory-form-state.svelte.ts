import { tick } from 'svelte'
import type { AnySection, Choice } from '../../../../shared/domain/sections/section'
import { textOf } from '../../../../shared/domain/values'
import { sentenceFor } from '../../../../shared/text/errors'
import type { AppState } from '../../../state/app-state.svelte'
import { FormState } from '../../../state/form-state.svelte'
import type { MemoryListState } from '../../../state/memory-list-state.svelte'
import { memoryFacts, type MemoryFacts } from './memory-facts'

interface MemoryFormOptions {
  readonly section: AnySection
  readonly memories: MemoryListState
  /** Undefined: a new one. */
  readonly item: string | undefined
  readonly onDone: () => void
}

const leastLetters = 10

/** The line in which a memory is written or changed. */
export class MemoryFormState {
  readonly form: FormState
  readonly #app: AppState
  readonly #options: MemoryFormOptions
  #isAsked = $state(false)

  constructor(app: AppState, options: MemoryFormOptions) {
    this.#app = app
    this.#options = options
    this.form = new FormState({
      section: options.section,
      client: app.client,
      clock: app.clock,
      id: options.item,
      source: () => ({
        item: options.item === undefined ? undefined : options.memories.find(options.item),
        newDraft: options.memories.view?.newDraft,
        facts: options.memories.view?.facts ?? {},
      }),
      quote: (sentence) => `${app.workspaces.org || 'The platform'} answered: “${sentence}”`,
    })
  }

  get facts(): MemoryFacts {
    return memoryFacts(this.form.facts)
  }

  get agent(): string {
    return textOf(this.form.value('agent'))
  }

  get categories(): readonly Choice[] {
    return this.facts.categoriesOf(this.agent)
  }

  /** "7 of 10 characters", until there are enough. */
  get countWords(): string {
    const count = Array.from(textOf(this.form.value('content')).trim()).length
    return count >= leastLetters ? '' : `${String(count)} of ${String(leastLetters)} characters`
  }

  /** An agent files every memory under one of its categories; which one is not guessed. */
  get categoryError(): string | undefined {
    const isMissing = this.agent !== '' && this.form.value('category') === null
    if (!this.#isAsked || !isMissing) return this.form.error('category')
    return this.categories.length === 0
      ? 'This agent has no categories yet; they appear after its first conversations. Choose “Every agent”.'
      : 'Choose a category.'
  }

  get agentError(): string | undefined {
    const isClosed = this.agent === '' && !this.facts.hasGlobal && this.form.isNew
    return this.#isAsked && isClosed ? 'Choose an agent.' : this.form.error('agent')
  }

  get agentHelp(): string | undefined {
    if (this.agent !== '' || !this.facts.isGlobalFixed) return undefined
    return 'Can be deleted later, not edited.'
  }

  get problem(): string | undefined {
    const error = this.form.saveError ?? this.form.draftError
    if (!error) return undefined
    const { title, text } = sentenceFor(error, this.#app.errorContext('send'))
    return `${title}. ${text}`
  }

  chooseAgent(agent: string): void {
    this.form.set('agent', agent === '' ? null : agent)
    this.form.set('category', null)
  }

  async save(): Promise<void> {
    this.#isAsked = true
    const field =
      this.agentError === undefined ? this.categoryError && 'category' : ('agent' as const)
    if (field !== undefined && field !== '') {
      this.form.leave('content')
      await this.#focus(this.form.error('content') === undefined ? field : 'content')
      return
    }
    const outcome = await this.form.save()
    if (outcome === 'saved' || outcome === 'unchanged') this.#options.onDone()
    else if (outcome === 'invalid') await this.#focus(this.form.problemKeys[0] ?? 'content')
  }

  async cancel(): Promise<void> {
    await this.form.cancel()
    this.#options.onDone()
  }

  async #focus(field: string): Promise<void> {
    await tick()
    document.getElementById(this.form.fieldId(field))?.focus()
  }
}
