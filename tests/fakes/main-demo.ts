import { Credential } from '../../src/main/credential'
import type { AppError, Result } from '../../src/shared/errors'
import { err, ok } from '../../src/shared/result'

export class FakeDemo {
  starts = 0
  resets = 0
  failure: AppError | undefined
  #onEnd: (() => void)[] = []

  readonly start = () => {
    this.starts += 1
    if (this.failure) return Promise.resolve(err(this.failure))
    return Promise.resolve(
      ok({
        org: 'demo',
        username: 'sam',
        origins: { lms: 'http://127.0.0.1:1/lms', dm: 'http://127.0.0.1:1/dm' },
        credential: new Credential(`demo-token-${this.starts}`),
      }),
    )
  }

  readonly reset = (): Promise<Result<void>> => {
    this.resets += 1
    return Promise.resolve(this.failure ? err(this.failure) : ok(undefined))
  }

  readonly onEnd = (listener: () => void): void => {
    this.#onEnd.push(listener)
  }

  end(): void {
    for (const listener of this.#onEnd) listener()
  }
}
