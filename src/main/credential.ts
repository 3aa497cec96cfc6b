/**
 * A secret that proves the account. Exists in the main process only, and prints as `[redacted]`
 * wherever it is turned into text, so that no log, error or message can carry it.
 */
export class Credential {
  readonly #secret: string

  constructor(secret: string) {
    this.#secret = secret
  }

  /** The secret itself, for the keychain and the Authorization header. */
  reveal(): string {
    return this.#secret
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }

  /** What `util.inspect` and `console.log` print. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]'
  }
}
