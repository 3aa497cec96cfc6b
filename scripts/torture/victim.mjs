import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { launchApp } from '../lib/launch-app.mjs'
import { TorturePage } from './torture-page.mjs'

const endMs = 10_000

/** The app under torture: always the same data folder, started and killed again and again. */
export class Victim {
  #command
  #env
  #application
  #child
  #timer
  #isShot = false
  /** What its processes have printed, over all starts. */
  output = ''
  counts = { starts: 0, kills: 0 }

  constructor({ command, env, userData }) {
    const { executable, args } = command
    this.userData = userData
    this.#command = { executable, args: [...args, `--user-data-dir=${userData}`] }
    const inherited = Object.entries(env).filter(([name]) => !name.startsWith('IBLAI_'))
    this.#env = Object.fromEntries(inherited)
  }

  /** Whether it has been killed since its last start. */
  get isShot() {
    return this.#isShot
  }

  /** @returns the page, once the window is there. */
  async start() {
    this.#isShot = false
    this.counts.starts += 1
    const { executable, args } = this.#command
    this.#application = await launchApp({ executable, args, env: this.#env })
    this.#child = this.#application.process()
    this.#listenTo(this.#child)
    return new TorturePage(await this.#application.firstWindow())
  }

  /** Starts it without looking at it and kills it after so many milliseconds. */
  async startAndShoot(afterMs) {
    this.counts.starts += 1
    const { executable, args } = this.#command
    const child = spawn(executable, args, {
      env: this.#env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#listenTo(child)
    await wait(afterMs)
    this.counts.kills += 1
    child.kill('SIGKILL')
    await once(child, 'exit')
  }

  /** Kills the main process after so many milliseconds, unless it is done before. */
  shootIn(afterMs) {
    if (this.#timer !== undefined || this.#isShot) return
    this.#timer = setTimeout(() => this.shoot(), afterMs)
  }

  /** SIGKILL to the main process, now. */
  shoot() {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#isShot || !this.#child) return
    this.#isShot = true
    this.counts.kills += 1
    this.#child.kill('SIGKILL')
  }

  /** Waits until a killed app is gone. */
  async buried() {
    const child = this.#child
    if (!child) return
    const isGone = () => child.exitCode !== null || child.signalCode !== null
    if (!isGone()) await once(child, 'exit', { signal: AbortSignal.timeout(endMs) })
    this.#forget()
  }

  /** Quits as a person does. */
  async quit() {
    await this.#application?.close()
    this.#forget()
  }

  async end() {
    this.shoot()
    await this.buried().catch(() => undefined)
  }

  #forget() {
    this.#application = undefined
    this.#child = undefined
  }

  #listenTo(child) {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => (this.output = (this.output + piece).slice(-1_000_000)))
  }
}
