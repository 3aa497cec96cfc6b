import { join } from 'node:path'
import { inProject, projectRoot } from '../../scripts/lib/paths.mjs'
import { connectProfile } from './connected-profile.mjs'
import { startPlatformProcess } from './platform-process.mjs'
import { startRelay } from './relay.mjs'
import { stageApp } from './staged-app.mjs'

/**
 * What the figures share, made when it is first asked for: a copy of the built app, and the two ways
 * to start, each with one data folder for all its runs.
 * In: the session's environment, in which ELECTRON_EXECUTABLE and ELECTRON_ARGS name the runtime.
 */
export class BenchSession {
  #env
  #running
  #connected
  #interruptible
  #relay

  constructor(env) {
    this.#env = Object.fromEntries(Object.entries(env).filter(([name]) => !isTheirs(name)))
    this.folder = env.SESSION_FOLDER
    this.executable = env.ELECTRON_EXECUTABLE
    // The folder of the app is the last argument; what stands before it are Electron's switches.
    this.switches = JSON.parse(env.ELECTRON_ARGS).filter((argument) => argument !== projectRoot)
    this.app = stageApp(join(this.folder, 'app'))
  }

  get env() {
    return this.#env
  }

  /** How to start a script with the Node that the app's main process has. */
  asNode() {
    return { execPath: this.executable, env: { ...this.#env, ELECTRON_RUN_AS_NODE: '1' } }
  }

  /** How to start the bare window. */
  bareWindow() {
    return this.#start(inProject('bench', 'bare-window'), 'bare-window')
  }

  /** How to start the app with everything kept and the platform within reach. */
  async connectedApp() {
    const start = this.#start(this.app, 'connected-app')
    this.#connected ??= this.#connect(start)
    await this.#connected
    return start
  }

  /** The same with a platform that can be put out of reach: `{ start, relay }`. */
  async interruptibleApp() {
    const start = this.#start(this.app, 'interruptible-app')
    this.#interruptible ??= this.#connectThroughRelay(start)
    return { start, relay: await this.#interruptible }
  }

  async end() {
    await this.#relay?.cut()
    await (await this.#running)?.end()
  }

  #start(folder, name) {
    const { executable, switches } = this
    return { executable, switches, folder, userData: join(this.folder, name), env: this.#env }
  }

  async #connect(start) {
    const { target } = await this.#platform()
    await connectProfile({ ...start, target })
  }

  async #connectThroughRelay(start) {
    const { target } = await this.#platform()
    const relay = await startRelay(target.origin)
    this.#relay = relay
    await connectProfile({ ...start, target: { ...target, origin: relay.origin } })
    return relay
  }

  #platform() {
    this.#running ??= startPlatformProcess({ app: this.app, env: this.#env })
    return this.#running
  }
}

/** The caller's own connection must not reach into what is measured. */
const isTheirs = (name) => name.startsWith('IBLAI_') || name === 'NODE_OPTIONS'
