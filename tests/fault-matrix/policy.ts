import type { Word } from './cell'
import type { Row } from './row'
import type { Operation } from './operation'

/** What a row has to come to, and the operations that know better or worse, each for a reason. */
interface Expected {
  readonly read: Word
  readonly write: Word
  readonly except?: Readonly<Record<string, Word>>
}

const waits: Expected = { read: 'fails', write: 'waits' }
const asks: Expected = { read: 'fails', write: 'asks' }
const harmless: Expected = { read: 'fine', write: 'fine' }

/** A picture has no name of its own on the platform, so that one whose answer is lost is sent again. */
const noName = { photo: 'waits' } as const
/** A file may hold anything: the bytes are what they are. */
const anyBytes = { download: 'fine' } as const
/** A 204 has no body that could be wrong. */
const noBody = {
  photo: 'fine',
  'no-photo': 'fine',
  'delete-education': 'fine',
  'delete-memory': 'fine',
} as const
/** By the contract, no answer in the body means that there is no résumé. */
const noResume = { 'read-resume': 'less' } as const
/** A person who waits for the answer gets it at once; a section is read again. */
const notAgain = { download: 'fails', connect: 'fails' } as const

const found: Expected = { read: 'fails', write: 'recovers', except: noName }
const once: Expected = { read: 'fine', write: 'recovers', except: notAgain }
const strange: Expected = {
  read: 'fails',
  write: 'recovers',
  except: { ...anyBytes, ...noBody },
}
/** A file may lie elsewhere: it is followed there, without the token. */
const redirectedAway: Expected = { ...asks, except: anyBytes }

const expected: Readonly<Record<string, Expected>> = {
  offline: waits,
  'dns-none': waits,
  'dns-silent': waits,
  refused: waits,
  unanswered: waits,
  'tls-expired': asks,
  'tls-other-host': asks,
  'tls-self-signed': asks,
  'tls-stalled': waits,
  'reset-early': waits,
  'reset-before': waits,
  'reset-after': found,
  'idle-closed': once,
  'no-headers': waits,
  'slow-headers': found,
  'body-stalls': found,
  'late-5': once,
  'late-25': once,
  'late-60': {
    ...once,
    except: {
      ...notAgain,
      'add-education': 'twice',
      'add-experience': 'twice',
      'add-institution': 'twice',
      'add-company': 'twice',
    },
  },
  'cut-length': found,
  'cut-chunked': found,
  'cut-json': strange,
  '200-html': { ...waits, except: anyBytes },
  '200-empty': { ...asks, except: { ...anyBytes, ...noResume } },
  '204': { read: 'fails', write: 'fine', except: { ...anyBytes, ...noResume } },
  type: harmless,
  charset: strange,
  'shape-object': { ...asks, except: { ...anyBytes, ...noResume } },
  'shape-list': { ...asks, except: anyBytes },
  huge: asks,
  '301-same': asks,
  '302-other': redirectedAway,
  '307-same': asks,
  '307-other': redirectedAway,
  '400': asks,
  '401': { read: 'fails', write: 'token' },
  // What the token may not see is left out, and said to be.
  '403': { ...asks, except: { 'read-memory': 'less' } },
  '404': {
    ...asks,
    except: {
      ...noResume,
      // An older server has another place for them.
      'read-memory': 'fine',
      'delete-education': 'fine',
      'delete-memory': 'fine',
    },
  },
  '405': { ...asks, except: { 'read-memory': 'fine' } },
  '409': asks,
  '413': asks,
  '415': asks,
  '422': asks,
  '429-seconds': waits,
  '429-date': waits,
  '429-none': waits,
  '429-absurd': waits,
  '429-past': waits,
  '500': waits,
  '502': waits,
  '503': waits,
}

export function expectedWord(row: Row, { id, act }: Operation): Word | undefined {
  const of = expected[row.id]
  return of?.except?.[id] ?? (act.kind === 'write' ? of?.write : of?.read)
}
