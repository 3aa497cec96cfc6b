import { spawn } from 'node:child_process'

/**
 * Runs a program to its end.
 * In: `options.env` replaces the environment; `input` goes to its standard input; `timeoutMs` ends
 * it by pid; `onOutput` sees every piece as it comes; `stdio: 'inherit'` lets it use the terminal
 * directly; the rest goes to spawn.
 * Out: never rejects for an exit code: `{ code, signal, stdout, output }`, code 127 when it cannot
 * be started.
 */
export function run(command, args, options = {}) {
  const { input, timeoutMs, onOutput, stdio = 'pipe', onStart, ...rest } = options
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...rest,
      stdio: stdio === 'pipe' ? [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] : stdio,
    })
    const collected = { stdout: '', output: '' }
    let ended = false
    const finish = (code, signal) => {
      if (ended) return
      ended = true
      clearTimeout(timer)
      resolve({ code, signal, ...collected })
    }
    const timer =
      timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    onStart?.(child)
    const collect = (stream) => (piece) => {
      if (stream === 'stdout') collected.stdout += piece
      collected.output += piece
      onOutput?.(piece)
    }
    child.stdout?.setEncoding('utf8').on('data', collect('stdout'))
    child.stderr?.setEncoding('utf8').on('data', collect('stderr'))
    child.on('error', (error) => {
      collected.output += error.message
      finish(127, undefined)
    })
    child.on('close', (code, signal) => finish(code ?? 1, signal ?? undefined))
    if (input !== undefined) child.stdin?.on('error', () => undefined).end(input)
  })
}

/** Runs a program and rejects with what it printed last unless it ends well. */
export async function runOrThrow(command, args, options = {}) {
  const result = await run(command, args, options)
  if (result.code === 0) return result
  const how = result.signal ? `was ended by ${result.signal}` : `ended with ${result.code}`
  throw new Error(
    [`${command} ${args.join(' ')} ${how}`, lastLines(result.output)].filter(Boolean).join('\n'),
  )
}

/** @returns the last lines of a program's output, for a message. */
export function lastLines(text, count = 15) {
  return text.trimEnd().split('\n').slice(-count).join('\n')
}

/** @returns whether this process runs as root, for whom Electron needs `--no-sandbox`. */
export function isRoot() {
  return process.getuid?.() === 0
}
