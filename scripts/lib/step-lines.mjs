/** @returns a duration as a person reads it. */
export function readableDuration(durationMs) {
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`
}

/**
 * In: `prefix` before every line and where lines go.
 * Out: `step(name, work)`, which does the work and prints one line: what, the state the work
 * returned, the time. A failing step prints "failed" and rethrows.
 */
export function stepLines(prefix, write = (line) => process.stdout.write(`${line}\n`)) {
  return async function step(name, work) {
    const startedAt = performance.now()
    const print = (state) => {
      const time = readableDuration(performance.now() - startedAt)
      write(`${prefix}  ${name.padEnd(18)}  ${state.padEnd(44)}  ${time}`)
    }
    try {
      const { state, value } = await work()
      print(state)
      return value
    } catch (error) {
      print('failed')
      throw error
    }
  }
}
