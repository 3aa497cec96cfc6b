import { spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

const politeMs = 2000
const lookMs = 20
const tiesToParent = '/usr/bin/setpriv'
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * The processes and folders of one session. Everything started here is ended by its pid, newest
 * first, and every folder removed: when `end()` is called, on a signal, and at exit. The kernel
 * ends them too should this process be killed.
 * In: `identity` (`{ uid, gid }`) starts them as another person.
 */
export class SessionProcesses {
  #children = []
  #folders = []
  #identity

  constructor(identity) {
    this.#identity = identity
    process.on('exit', this.#endNow)
    for (const signal of endingSignals) process.on(signal, this.#onSignal)
  }

  /** Starts a program; `stdio` as in spawn. @returns the child process. */
  start(command, args, { env, stdio }) {
    const isTied = existsSync(tiesToParent)
    const line = isTied
      ? [tiesToParent, '--pdeathsig', 'TERM', '--', command, ...args]
      : [command, ...args]
    const child = spawn(line[0], line.slice(1), { env, stdio, ...this.#identity })
    child.on('error', () => undefined)
    this.#children.push(child)
    return child
  }

  /** Has a folder removed at the end. */
  owns(folder) {
    this.#folders.push(folder)
  }

  async end() {
    for (const child of this.#children.toReversed()) await endChild(child)
    this.#removeFolders()
    process.removeListener('exit', this.#endNow)
    for (const signal of endingSignals) process.removeListener(signal, this.#onSignal)
  }

  #endNow = () => {
    for (const child of this.#children.toReversed()) if (isRunning(child)) child.kill('SIGKILL')
    this.#removeFolders()
  }

  #onSignal = (signal) => {
    this.#endNow()
    process.removeListener('exit', this.#endNow)
    for (const other of endingSignals) process.removeListener(other, this.#onSignal)
    process.kill(process.pid, signal)
  }

  #removeFolders() {
    for (const folder of this.#folders)
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

async function endChild(child) {
  if (!isRunning(child)) return
  child.kill('SIGTERM')
  for (let waited = 0; isRunning(child) && waited < politeMs; waited += lookMs) await wait(lookMs)
  if (isRunning(child)) child.kill('SIGKILL')
}

/** @returns whether a child has neither ended nor failed to start. */
export function isRunning(child) {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null
}

/**
 * @returns the first line a child writes to `stream`; rejects when it ends before, or after
 * `timeoutMs`.
 */
export function firstLine(child, stream, { what, timeoutMs = 10_000 }) {
  return new Promise((resolve, reject) => {
    let text = ''
    const timer = setTimeout(
      () => reject(new Error(`${what} did not answer within ${timeoutMs / 1000} s.`)),
      timeoutMs,
    )
    const settle = (done, value) => {
      clearTimeout(timer)
      done(value)
    }
    stream.setEncoding('utf8').on('data', (piece) => {
      text += piece
      if (text.includes('\n')) settle(resolve, text.slice(0, text.indexOf('\n')))
    })
    child.on('error', (error) =>
      settle(reject, new Error(`${what} could not be started: ${error.message}`)),
    )
    child.on('close', (code) =>
      settle(reject, new Error(`${what} ended with ${code} before it was ready.`)),
    )
  })
}
