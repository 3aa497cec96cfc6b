import type { AppError, KeychainTrouble, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { Credential } from '../../credential'
import { within } from './time-limit'

const service = 'ibl.ai Profile'
const limitMs = 2_000

/** The three calls this app needs of the keytar module. */
export interface Keytar {
  getPassword: (service: string, account: string) => Promise<string | null>
  setPassword: (service: string, account: string, password: string) => Promise<void>
  deletePassword: (service: string, account: string) => Promise<boolean>
}

export interface KeytarStore {
  readonly get: (key: string) => Promise<Result<Credential | undefined>>
  readonly set: (key: string, credential: Credential) => Promise<Result<void>>
  readonly remove: (key: string) => Promise<Result<void>>
}

/**
 * The OS keychain through keytar: Keychain, Credential Vault or the Secret Service. On Linux its
 * calls block a pool thread for as long as the service hangs, so while one is stuck no further one
 * is made.
 */
export function createKeytarStore(load: () => Promise<Keytar>): KeytarStore {
  let stuck: Promise<unknown> | undefined

  const call = async <T>(work: (keytar: Keytar) => Promise<T>): Promise<Result<T>> => {
    if (stuck) return err(keychainError('timeout'))
    const running = attempt(load, work)
    const outcome = await within(running, limitMs, keychainError('timeout'))
    if (!outcome.ok && isTimeout(outcome.error)) {
      stuck = running.finally(() => {
        stuck = undefined
      })
    }
    return outcome
  }

  return {
    get: async (key) => {
      const found = await call((keytar) => keytar.getPassword(service, key))
      if (!found.ok) return found
      return ok(found.value === null ? undefined : new Credential(found.value))
    },
    set: (key, credential) =>
      call((keytar) => keytar.setPassword(service, key, credential.reveal())),
    remove: async (key) => {
      const removed = await call((keytar) => keytar.deletePassword(service, key))
      return removed.ok ? ok(undefined) : removed
    },
  }
}

async function attempt<T>(
  load: () => Promise<Keytar>,
  work: (keytar: Keytar) => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await work(await load()))
  } catch (cause) {
    return err(keychainError(troubleOf(cause)))
  }
}

/**
 * keytar hands on libsecret's own sentence and no code. Locked without a prompt: "Object does not
 * exist at path …/collection/login"; nobody on the bus: the name org.freedesktop.secrets was not
 * provided; no bus: cannot autolaunch, or an address that cannot be connected to.
 */
function troubleOf(cause: unknown): KeychainTrouble {
  const text = cause instanceof Error ? cause.message : String(cause)
  if (/collection\/login|is locked|IsLocked|locked collection/i.test(text)) return 'locked'
  const isMissing =
    /org\.freedesktop\.secrets|ServiceUnknown|autolaunch|D-?Bus|not connect|No such file|libsecret|Cannot find module/i
  return isMissing.test(text) ? 'missing' : 'refused'
}

const keychainError = (reason: KeychainTrouble): AppError => ({ kind: 'keychain', reason })

const isTimeout = (error: AppError): boolean =>
  error.kind === 'keychain' && error.reason === 'timeout'
