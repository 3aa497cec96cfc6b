import type { AppError } from '../errors'

/** What a person reads: what happened, and what it means or what to do. Plain text, never markup. */
export interface Sentence {
  readonly title: string
  readonly text: string
}

export interface ErrorContext {
  readonly org?: string
  readonly host?: string
  readonly action?: 'read' | 'send' | 'file' | 'connect'
  /** With `send`: it adds what the platform does not have yet. */
  readonly isNew?: boolean
}

export type Answered = Extract<AppError, { readonly detail?: string }>

export function say(title: string, ...parts: readonly string[]): Sentence {
  return { title, text: parts.filter((part) => part !== '').join(' ') }
}

export const hostOf = (error: Answered, context: ErrorContext): string =>
  error.host ?? context.host ?? context.org ?? 'The platform'

/** What becomes of the person's words, whatever has failed. */
export function tail({ action, org: name }: ErrorContext): string {
  switch (action) {
    case 'read':
      return 'You can go on editing; changes wait on this computer.'
    case 'send':
      return 'Your edit waits on this computer and is sent again by itself.'
    case 'file':
      return 'The file is copied to this computer and sent again by itself.'
    case 'connect':
      return 'Nothing was changed. Check the address, or try again later.'
    default:
      return `Try again later. Nothing on ${name ?? 'the platform'} was changed.`
  }
}
