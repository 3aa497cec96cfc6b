import type { AppError } from '../errors'
import { assertNever } from '../result'
import type { SyncStatus } from '../sync/status'
import { gravest, type Mark } from '../sync/marks'
import type { SectionView } from '../sync/view'
import { progressText } from './sizes'
import { whenText } from './times'

/** The status line: a word, and what follows it. */
export interface StatusWords {
  readonly kind: 'here' | 'sending' | 'saved' | 'needs' | 'offline'
  readonly word: string
  readonly detail?: string
  /** Said in place of `detail`, where that changes with every byte. */
  readonly spokenDetail?: string
}

export function statusWords(status: SyncStatus, now: number): StatusWords {
  switch (status.kind) {
    case 'needs-you':
      return { kind: 'needs', word: 'Needs you', detail: needsDetail(status) }
    case 'offline':
      return { kind: 'offline', word: 'Offline', detail: `since ${whenText(status.since, now)}` }
    case 'sending':
      return { kind: 'sending', word: 'Sending', ...sendingDetail(status) }
    case 'here':
      return { kind: 'here', word: 'On this computer', detail: editsText(status.unsent) }
    case 'saved':
      return {
        kind: 'saved',
        word: 'Saved',
        ...(status.at !== undefined && { detail: whenText(status.at, now) }),
      }
    default:
      return assertNever(status)
  }
}

export const editsText = (count: number): string =>
  count === 1 ? '1 edit' : `${String(count)} edits`

function needsDetail(status: Extract<SyncStatus, { kind: 'needs-you' }>): string {
  const reason = reasonText(status.reason)
  return status.count === 1 ? reason : `${String(status.count)} things: ${reason}`
}

function sendingDetail(
  status: Extract<SyncStatus, { kind: 'sending' }>,
): Pick<StatusWords, 'detail' | 'spokenDetail'> {
  const edits = editsText(status.unsent)
  if (status.sentBytes === undefined || status.totalBytes === undefined) return { detail: edits }
  return { detail: progressText(status.sentBytes, status.totalBytes), spokenDetail: edits }
}

/** Why an edit is stuck, in as few words as the status line has room for. */
export function reasonText(reason: AppError | 'conflict'): string {
  if (reason === 'conflict') return 'changed on both sides'
  switch (reason.kind) {
    case 'stale':
      return 'changed on both sides'
    case 'unauthorized':
      return 'the token was refused'
    case 'wrong-user':
      return 'the token is someone else’s'
    case 'forbidden':
      return 'not permitted'
    case 'not-found':
      return 'not found on the platform'
    case 'duplicate':
      return 'already there'
    case 'keychain':
      return 'no access to the keychain'
    case 'storage':
      return 'the disk did not take it'
    case 'file':
      return reason.status === undefined ? notSendable : 'refused by the platform'
    case 'refused-input':
      return notSendable
    case 'invalid':
    case 'not-stored':
      return 'refused by the platform'
    case 'unexpected-answer':
      return 'an answer not understood'
    case 'offline':
      return offlineText(reason.reason)
    default:
      return 'something went wrong'
  }
}

/** The app's own refusal: nothing of it has left this computer. */
const notSendable = 'cannot be sent as it is'

function offlineText(reason: Extract<AppError, { kind: 'offline' }>['reason']): string {
  if (reason === 'tls') return 'the platform is not trusted'
  return reason === 'proxy' ? 'no way through the proxy' : 'no network'
}

/** What a mark beside a section says to someone who does not see it. */
export function markText(mark: Mark, unsent: number): string {
  switch (mark) {
    case 'needs-you':
      return 'needs you: changed on both sides'
    case 'refused':
      return 'needs you: not accepted'
    case 'here':
      return unsent > 1 ? `${String(unsent)} on this computer` : 'on this computer'
    case 'sending':
      return 'sending'
    case 'draft':
      return 'has a draft'
    default:
      return assertNever(mark)
  }
}

/**
 * The mark of a section in the navigation, with what is on its page besides; a closed door shows where
 * nothing graver does.
 */
export function sectionMark(
  view: SectionView | undefined,
  besides: readonly SectionView[] = [],
): { readonly mark: Mark | 'locked'; readonly text: string; readonly count: number } | undefined {
  if (!view) return undefined
  const onPage = [view, ...besides]
  const mark = gravest(onPage.map((one) => one.mark))
  if (mark) {
    const unsent = onPage.reduce((sum, one) => sum + one.unsent, 0)
    return { mark, text: markText(mark, unsent), count: mark === 'here' ? unsent : 1 }
  }
  if (view.read.kind === 'failed' && isClosed(view.read.error, view.readAt)) {
    return { mark: 'locked', text: 'this token may not open it', count: 1 }
  }
  return undefined
}

/** A host that refuses the token closes what was never read; what has a copy is open all the same. */
const isClosed = (error: AppError, readAt: number | undefined): boolean =>
  error.kind === 'forbidden' || (error.kind === 'unauthorized' && readAt === undefined)
