import type { AnySection } from '../domain/sections/section'
import { assertNever } from '../result'
import type { PendingChange } from '../sync/status'
import { sentenceFor } from './errors'
import { lateWriteSentence } from './late-write'
import type { ErrorContext } from './sentence'
import { durationText } from './times'

/** One waiting edit, as the list of pending changes tells it. */
export interface PendingWords {
  readonly what: string
  readonly detail: string
  readonly state: string
}

export interface PendingContext {
  readonly section: AnySection | undefined
  readonly now: number
  readonly errors: ErrorContext
}

export function pendingWords(change: PendingChange, context: PendingContext): PendingWords {
  return {
    what: whatText(change, context.section),
    detail: detailText(change, context),
    state: stateText(change, context),
  }
}

/** "New: Guest lecturer", "New company: Delta Gauge", "Delete: MSc", "Title, About". */
export function whatText(change: PendingChange, section: AnySection | undefined): string {
  switch (change.op) {
    case 'create':
      return section?.placement === 'reference'
        ? `New ${section.words.one}: ${change.title}`
        : `New: ${change.title}`
    case 'delete':
      return `Delete: ${change.title}`
    case 'update':
      return section?.cardinality === 'one' ? fieldsText(change) : change.title
    default:
      return assertNever(change.op)
  }
}

const fieldsText = (change: PendingChange): string => change.fields.join(', ') || change.title

function detailText(change: PendingChange, { section, errors }: PendingContext): string {
  const { state } = change
  if (state.kind === 'blocked') {
    const { title, text } = sentenceFor(state.error, {
      ...errors,
      action: 'send',
      isNew: change.op === 'create',
    })
    return text === '' ? title : `${title}. ${text}`
  }
  if (state.kind === 'conflict' && state.cause === 'late-write') {
    const { title, text } = lateWriteSentence(errors.org)
    return `${title}. ${text}`
  }
  // That there is no network is said once, in the status line.
  if (state.kind === 'waiting' && state.error.kind !== 'offline')
    return `${sentenceFor(state.error, errors).title}.`
  if (change.op !== 'update') return section?.title ?? ''
  const becomes = change.becomes === undefined ? undefined : cutText(change.becomes)
  if (section?.cardinality === 'one') return becomes ?? section.title
  return becomes === undefined ? fieldsText(change) : `${fieldsText(change)}: ${becomes}`
}

const longestText = 80

/** As much of a value as a line of the list has room for. */
export const cutText = (text: string): string =>
  text.length > longestText ? `${text.slice(0, longestText).trimEnd()} …` : text

function stateText(change: PendingChange, { section, now }: PendingContext): string {
  const { state } = change
  switch (state.kind) {
    case 'conflict':
      return state.cause === 'late-write' ? 'Replaced late' : 'Changed on both sides'
    case 'blocked':
      return 'Refused'
    case 'in-flight':
      return 'Sending'
    case 'waiting':
      return state.until > now ? `Tries again in ${durationText(state.until - now)}` : 'Goes next'
    case 'queued':
      return waitingText(change, section)
    default:
      return assertNever(state)
  }
}

function waitingText({ waitsFor }: PendingChange, section: AnySection | undefined): string {
  if (!waitsFor) return 'Waiting'
  const parent = `Waits for its ${parentWord(section)}`
  return waitsFor.needsYou ? `${parent}, which needs you` : parent
}

function parentWord(section: AnySection | undefined): string {
  const field = Object.values(section?.fields ?? {}).find(({ kind }) => kind === 'reference')
  return field?.label.toLowerCase() ?? 'entry'
}
