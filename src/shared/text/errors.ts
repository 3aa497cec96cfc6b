import {
  isTemporary,
  type AppError,
  type FileTrouble,
  type KeychainTrouble,
  type StorageTrouble,
} from '../errors'
import { assertNever } from '../result'
import { offline } from './network-errors'
import { hostOf, say, tail, type Answered, type ErrorContext, type Sentence } from './sentence'

type Of<Kind extends AppError['kind']> = Extract<AppError, { readonly kind: Kind }>

export function sentenceFor(error: AppError, context: ErrorContext = {}): Sentence {
  switch (error.kind) {
    case 'offline':
      return offline(error, context)
    case 'timeout':
      return say(`${hostOf(error, context)} did not answer in time`, tail(context))
    case 'unauthorized':
      return unauthorized(error, context)
    case 'forbidden':
      return forbidden(error, context)
    case 'not-found':
      return notFound(error, context)
    case 'stale':
      return say(
        'Changed on both sides',
        `It was changed on ${org(context)} meanwhile. Choose which value stays.`,
      )
    case 'invalid':
      return invalid(error, context)
    case 'duplicate':
      return duplicate(error, context)
    case 'rate-limited':
      return rateLimited(error, context)
    case 'server':
      return say(
        `${hostOf(error, context)} has a fault`,
        error.status === undefined ? '' : `It answered ${String(error.status)}.`,
        tail(context),
      )
    case 'unexpected-answer':
      return unexpectedAnswer(error, context)
    case 'not-stored':
      return notStored(error, context)
    case 'storage':
      return storage[error.reason]
    case 'keychain':
      return keychain[error.reason]
    case 'file':
      return file(error, context)
    case 'refused-input':
      return say('This cannot be used', error.problem)
    case 'wrong-user':
      return say(
        `This token belongs to ${error.actual}`,
        `Nothing was changed. Give ${error.actual} as the username, or use your own token.`,
      )
    case 'cancelled':
      return say('Cancelled', 'Nothing was changed.')
    case 'unexpected':
      return say(
        'Something went wrong in this app',
        `Your edits are kept on this computer. The log has it under ${error.reference}.`,
      )
    default:
      return assertNever(error)
  }
}

function unauthorized(error: Of<'unauthorized'>, context: ErrorContext): Sentence {
  const host = hostOf(error, context)
  if (context.action === 'connect') {
    return say(
      `${host} refused this token`,
      quote(error, context),
      'Check that it was copied whole and has not expired.',
    )
  }
  return say(
    `${host} refused the token`,
    quote(error, context),
    'Give a new one to go on sending. Your edits are kept on this computer.',
  )
}

function forbidden(error: Of<'forbidden'>, context: ErrorContext): Sentence {
  const host = hostOf(error, context)
  const said = quote(error, context)
  if (error.isWithoutToken === true) {
    return say(`${host} does not hand this out`, said, 'Its address may have expired. Try again.')
  }
  // Statuses of a server that cannot do something at all.
  if ([405, 501, 505].includes(error.status ?? 0)) {
    const advice = 'It is a matter of the platform, not of your token.'
    return say(`${host} does not offer this`, said, advice)
  }
  const advice = `An administrator of ${org(context)} can give you a token with that right.`
  return say(`${host} does not permit this to your token`, said, advice)
}

function notFound(error: Of<'not-found'>, context: ErrorContext): Sentence {
  if (context.action === 'connect') {
    return say(
      `${hostOf(error, context)} does not know this organization or username`,
      quote(error, context),
      'Check how they are spelled.',
    )
  }
  if (context.action === 'send' && context.isNew === true) {
    return say(
      `${start(org(context))} found no place for this`,
      quote(error, context),
      'What it belongs to may be gone: choose that again and save, or undo it. It is kept on this computer.',
    )
  }
  if (context.action === 'send') {
    return say(
      `It is no longer on ${org(context)}`,
      quote(error, context),
      'Undo to drop your edit, or add the entry again.',
    )
  }
  return say(`${hostOf(error, context)} has nothing there`, quote(error, context), tail(context))
}

function invalid(error: Of<'invalid'>, context: ErrorContext): Sentence {
  const told = Object.values(error.fields).find((sentence) => sentence !== '') ?? error.detail
  return say(
    `${start(org(context))} did not accept this`,
    told === undefined ? '' : quotation(told, context),
    context.action === 'connect'
      ? 'Check organization, username and address.'
      : 'Change it, or undo it. It is kept on this computer.',
  )
}

function duplicate(error: Of<'duplicate'>, context: ErrorContext): Sentence {
  const isOurGuess = error.status === undefined
  return say(
    `${start(org(context))} ${isOurGuess ? 'may have' : 'has'} this already`,
    quote(error, context),
    `Undo drops your entry; the one there stays.${isOurGuess ? ' Retry sends yours again.' : ''}`,
  )
}

function notStored(error: Of<'not-stored'>, context: ErrorContext): Sentence {
  return say(
    `${start(org(context))} took the edit and did not keep it`,
    quote(error, context),
    'Your value is kept on this computer. Retry it, or edit it.',
  )
}

function rateLimited(error: Of<'rate-limited'>, context: ErrorContext): Sentence {
  return say(
    `${hostOf(error, context)} is getting too many requests`,
    waitText(error),
    tail(context),
  )
}

export function waitText(error: Of<'rate-limited'>): string {
  const seconds = Math.ceil((error.retryAfterMs ?? 0) / 1_000)
  const time = seconds < 120 ? `${String(seconds)} s` : `${String(Math.ceil(seconds / 60))} min`
  return seconds > 0 ? `It asks to wait ${time}.` : 'It asks to wait a little.'
}

function unexpectedAnswer(error: Of<'unexpected-answer'>, context: ErrorContext): Sentence {
  const host = hostOf(error, context)
  const title = {
    html: `${host} answered with a web page`,
    json: `The answer of ${host} broke off`,
    shape: `${host} answered in a form this app does not know`,
    redirect: `${host} sends requests to another address`,
    'too-large': `The answer of ${host} is too large`,
    cut: `${host} did not show the whole list`,
  }[error.reason]
  if (context.action === 'connect') {
    return say(title, 'Check the platform address; a sign-in page or a proxy may stand between.')
  }
  const target = error.reason === 'redirect' && error.detail ? `They go to ${error.detail}.` : ''
  if (context.action === 'send' && !isTemporary(error)) {
    return say(title, target, 'Your edit is kept on this computer. Retry it, or undo it.')
  }
  return say(title, target, tail(context))
}

const storage: Readonly<Record<StorageTrouble, Sentence>> = {
  full: say('The disk is full', 'This was not kept. Make room, then save again.'),
  'read-only': say(
    'The disk is read-only',
    'This was not kept. Make it writable, then save again.',
  ),
  denied: say(
    'The app may not write to its folder',
    'This was not kept. Allow it to write there, then save again.',
  ),
  corrupt: say(
    'A file of this app was damaged',
    'The damaged part was set aside, not deleted. Everything readable is here; the rest is read again from the platform or takes its defaults.',
  ),
  failed: say('The disk did not take this', 'It was not kept. Copy what you typed and save again.'),
}

const keychain: Readonly<Record<KeychainTrouble, Sentence>> = {
  missing: say(
    'This computer has no keychain',
    'The token can be kept for this session only. It is never written to a file.',
  ),
  locked: say(
    'The keychain is locked',
    'Unlock it, or set one up where there is none yet, and retry; or keep the token for this session only.',
  ),
  timeout: say(
    'The keychain does not answer',
    'It may be waiting for you in another window. Retry, or keep the token for this session only.',
  ),
  refused: say(
    'The keychain refused this app',
    'Allow it and retry, or keep the token for this session only.',
  ),
}

const fileWords: Readonly<Record<FileTrouble, Sentence>> = {
  'not-found': say('The file is not there', 'It may have been moved. Choose it again.'),
  'not-a-file': say('This is a folder or a link', 'Choose the file itself.'),
  empty: say('The file is empty', 'It has no bytes. Choose another one.'),
  'too-large': say('The file is too large', 'A résumé may have up to 25 MiB.'),
  'not-pdf': say('This is not a PDF', 'A résumé has to be a PDF, up to 25 MiB.'),
  'not-image': say('This is not a picture', 'A photo has to be a JPEG, PNG, GIF or WebP file.'),
  unreadable: say('The file could not be read', 'This app may not open it, or it is damaged.'),
  'no-settings': say(
    'No settings in this file',
    'It has none of IBLAI_ORG, IBLAI_USERNAME, IBLAI_API_KEY and IBLAI_BASE_URL.',
  ),
  several: say('Several files at once', 'Give one file: the PDF that is to be your résumé.'),
  'no-certificate': say(
    'No certificate in this file',
    'It has to be a PEM or DER file, as an administrator of your network hands it out (.pem, .crt, .cer).',
  ),
  'has-private-key': say(
    'This file holds a private key',
    'It is not used. Choose one that holds certificates only.',
  ),
  'expired-certificate': say(
    'The certificates in this file have expired',
    'Ask an administrator of your network for the current ones.',
  ),
}

function file(error: Of<'file'>, context: ErrorContext): Sentence {
  if (error.reason === 'too-large' && error.status !== undefined) {
    const advice = 'Its limit is lower than this file: give a smaller one, or undo.'
    return say(`${start(org(context))} takes no file of this size`, quote(error, context), advice)
  }
  const { title, text } = fileWords[error.reason]
  if (error.found === undefined) return { title, text }
  return say(`${title}; it starts like ${error.found}`, text)
}

function quote(error: Answered, context: ErrorContext): string {
  if (error.detail === undefined || error.detail === '') return ''
  return quotation(error.detail, context, error.host)
}

const quotation = (detail: string, context: ErrorContext, host?: string): string =>
  `${start(context.org ?? host ?? context.host ?? 'the platform')} answered: “${detail}”`

const org = (context: ErrorContext): string => context.org ?? 'the platform'

const start = (words: string): string => (words === 'the platform' ? 'The platform' : words)
