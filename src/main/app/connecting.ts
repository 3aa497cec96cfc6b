import {
  defaultPlatformAddress,
  type ConnectionInput,
  type Prefill,
} from '../../shared/domain/workspace'
import type { Result, Service } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Clock } from '../../shared/sync/ports'
import { refusalOf, targetOf, type Target } from './connect-target'
import type {
  ConnectionTarget,
  ConnectPlatform,
  Credentials,
  FoundConnection,
  ProbeAnswer,
} from './ports'

export interface ConnectingPorts {
  readonly connectPlatform: ConnectPlatform
  readonly clock: Clock
  /** What the environment fills in at start. */
  readonly environment: FoundConnection | undefined
}

export interface Verified {
  readonly target: Target
  readonly answer: ProbeAnswer
}

/** How long an answer counts, so that pressing Connect after reading the report asks nothing twice. */
const verifiedForMs = 60_000

/** The Connect screen's side of main: what was found for it, and what the platform said. */
export class Connecting {
  readonly #ports: ConnectingPorts
  #found: FoundConnection | undefined
  #foundIn: Prefill['source']
  #last: (Verified & { readonly at: number }) | undefined

  constructor(ports: ConnectingPorts) {
    this.#ports = ports
    this.#found = ports.environment
    this.#foundIn = ports.environment ? 'environment' : 'none'
  }

  prefill(): Prefill {
    return {
      org: this.#found?.org ?? '',
      username: this.#found?.username ?? '',
      address: this.#found?.address ?? defaultPlatformAddress,
      hasToken: this.#found?.credential !== undefined,
      source: this.#foundIn,
    }
  }

  /** Keeps what a `.env` file holds for the Connect screen. */
  takeFound(found: FoundConnection): Prefill {
    this.#found = found
    this.#foundIn = 'file'
    return this.prefill()
  }

  async probe(input: ConnectionInput): Promise<Result<ProbeAnswer>> {
    const target = targetOf(input, this.#found)
    return target.ok ? ok(await this.ask(target.value)) : target
  }

  /** Nothing is opened, and nothing written anywhere, with a token that is not this person's. */
  async verify(input: ConnectionInput): Promise<Result<Verified>> {
    const target = targetOf(input, this.#found)
    if (!target.ok) return target
    const answer = this.#known(target.value) ?? (await this.ask(target.value))
    const refusal = refusalOf(answer, target.value.username)
    return refusal ? err(refusal) : ok({ target: target.value, answer })
  }

  async ask(target: Target): Promise<ProbeAnswer> {
    const answer = await this.askWith(target, { first: target.credential })
    this.#last = { target, answer, at: this.#ports.clock.now() }
    return answer
  }

  /** The named hosts only, or both. */
  async askWith(
    target: ConnectionTarget,
    credentials: Credentials,
    services?: readonly Service[],
  ): Promise<ProbeAnswer> {
    const connection = await this.#ports.connectPlatform(target, credentials, noSpool)
    try {
      return await connection.probe(services)
    } finally {
      await connection.close()
    }
  }

  /** The token now belongs to a workspace; nobody else gets it filled in. */
  forget(): void {
    this.#last = undefined
    this.#found = undefined
    this.#foundIn = 'none'
  }

  #known(target: Target): ProbeAnswer | undefined {
    const last = this.#last
    if (!last || this.#ports.clock.now() - last.at > verifiedForMs) return undefined
    const isRefused = refusalOf(last.answer, target.username) !== undefined
    return !isRefused && sameTarget(last.target, target) ? last.answer : undefined
  }
}

const sameTarget = (a: Target, b: Target): boolean =>
  a.org === b.org &&
  a.username === b.username &&
  a.origins.lms === b.origins.lms &&
  a.origins.dm === b.origins.dm &&
  a.credential.reveal() === b.credential.reveal()

/** Asking what a token may do sends no files. */
const noSpool = {
  addFile: () => Promise.resolve(err({ kind: 'cancelled' } as const)),
  addBytes: () => Promise.resolve(err({ kind: 'cancelled' } as const)),
  open: () => Promise.resolve(err({ kind: 'cancelled' } as const)),
  remove: () => Promise.resolve(),
}
