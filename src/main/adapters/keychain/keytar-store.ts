import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import type { Clock } from '../../../shared/sync/ports'
import { Credential } from '../../credential'
import { troubleOf } from './keychain-trouble'
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
  readonly check: () => Promise<Result<void>>
  readonly get: (key: string) => Promise<Result<Credential | undefined>>
  readonly set: (key: string, credential: Credential) => Promise<Result<void>>
  readonly remove: (key: string) => Promise<Result<void>>
}

/** One question to the keychain, and what takes it back if its answer comes too late. */
interface Question<T> {
  readonly ask: (keytar: Keytar) => Promise<T>
  readonly takeBack?: (keytar: Keytar) => Promise<unknown>
}

/**
 * The OS keychain through keytar: Keychain, Credential Vault or the Secret Service. On Linux its
 * calls block a pool thread for as long as the service hangs, so they go one at a time, and while
 * one is stuck no further one is made. What was answered with `timeout` does not happen later: a
 * question not yet asked is dropped, and a late success is taken back.
 */
export function createKeytarStore(load: () => Promise<Keytar>, clock: Clock): KeytarStore {
  let previous: Promise<unknown> = Promise.resolve()
  let stuckCount = 0

  const call = async <T>({ ask, takeBack }: Question<T>): Promise<Result<T>> => {
    if (stuckCount > 0) return err(timedOut)
    let isLate = false
    const isOver = () => isLate
    const running = previous.then(async (): Promise<Result<T>> => {
      if (isOver()) return err(timedOut)
      const outcome = await attempt(load, ask)
      if (isOver() && outcome.ok && takeBack) await attempt(load, takeBack)
      return outcome
    })
    previous = running
    const outcome = await within(running, { clock, limitMs, error: timedOut })
    if (!outcome.ok && outcome.error === timedOut) {
      isLate = true
      stuckCount += 1
      void running.finally(() => (stuckCount -= 1))
    }
    return outcome
  }

  const set = (key: string, secret: string): Promise<Result<void>> =>
    call({
      ask: (keytar) => keytar.setPassword(service, key, secret),
      takeBack: (keytar) => keytar.deletePassword(service, key),
    })
  const remove = async (key: string): Promise<Result<void>> => {
    const removed = await call({ ask: (keytar) => keytar.deletePassword(service, key) })
    return removed.ok ? ok(undefined) : removed
  }

  return {
    check: async () => {
      const taken = await set('availability', 'no secret')
      return taken.ok ? remove('availability') : taken
    },
    get: async (key) => {
      const found = await call({ ask: (keytar) => keytar.getPassword(service, key) })
      if (!found.ok) return found
      return ok(found.value === null ? undefined : new Credential(found.value))
    },
    set: (key, credential) => set(key, credential.reveal()),
    remove,
  }
}

async function attempt<T>(
  load: () => Promise<Keytar>,
  ask: (keytar: Keytar) => Promise<T>,
): Promise<Result<T>> {
  try {
    return ok(await ask(await load()))
  } catch (cause) {
    return err({ kind: 'keychain', reason: troubleOf(cause) })
  }
}

const timedOut: AppError = { kind: 'keychain', reason: 'timeout' }
