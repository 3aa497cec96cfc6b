const baseMs = 1_000
const capMs = 5 * 60_000

/**
 * How long to wait before try number `attempt` + 1: exponential with full jitter, between half and
 * all of min(1 s · 2^attempt, 5 min). `chance` is uniform in [0, 1).
 */
export function backoffMs(attempt: number, chance: number): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** Math.min(attempt, 12))
  return Math.round(ceiling / 2 + (ceiling / 2) * chance)
}
