import type { Clock } from '../../shared/sync/ports'

/** What one check saw. */
export interface Finding {
  readonly ok: boolean
  /** For a person, when it is not well. */
  readonly problem?: string
  readonly [fact: string]: unknown
}

export type Check = () => Promise<Finding>

/**
 * Makes the checks one after the other, all of them, whatever an earlier one found. A check that
 * throws, and those that `limitMs` leaves no time for, have failed.
 */
export async function findingsOf<Name extends string>(
  checks: Readonly<Record<Name, Check>>,
  { clock, limitMs }: { readonly clock: Clock; readonly limitMs: number },
): Promise<Readonly<Record<Name, Finding>>> {
  const late: Finding = { ok: false, problem: `Not finished within ${limitMs / 1_000} s.` }
  const findings = mapped(checks, () => late)
  const names = keysOf(checks)
  const all = async () => {
    for (const name of names) findings[name] = await checks[name]().catch(failed)
  }
  let stop: () => void = () => undefined
  const limit = new Promise<void>((resolve) => (stop = clock.after(limitMs, resolve)))
  await Promise.race([all(), limit])
  stop()
  return { ...findings }
}

const failed = (cause: unknown): Finding => {
  return { ok: false, problem: cause instanceof Error ? cause.message : String(cause) }
}

const keysOf = <Name extends string>(record: Readonly<Record<Name, unknown>>): readonly Name[] =>
  Object.keys(record) as Name[]

const mapped = <Name extends string>(
  record: Readonly<Record<Name, unknown>>,
  make: () => Finding,
): Record<Name, Finding> =>
  Object.fromEntries(keysOf(record).map((name) => [name, make()])) as Record<Name, Finding>
