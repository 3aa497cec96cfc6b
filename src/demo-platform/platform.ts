import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileRoutes } from './career/files'
import { createFaults, type Faults } from './http/faults'
import type { LoggedRequest, LogEntry } from './http/request-log'
import { buildRouter } from './http/router'
import { createListener, type Service } from './http/server'
import { type PlatformOptions, settle } from './options'
import { routes } from './routes'
import type { PlatformState } from './store/state'
import { openStore } from './store/store'

export interface Platform {
  /** `http://127.0.0.1:<port>`; LMS paths start with `/lms`, DM paths with `/dm`. */
  readonly origin: string
  readonly org: string
  readonly username: string
  readonly token: string
  /** What the LMS takes when `lmsAuth` is `jwt` or `bearer`. */
  readonly lmsToken: string
  /** The token of another seeded person; an empty username names the organisation's secret. */
  readonly tokenOf: (username: string, org?: string) => string | undefined
  readonly faults: Faults
  readonly requests: readonly LoggedRequest[]
  readonly forgetRequests: () => void
  /** The stored truth, for assertions. A copy: changing it changes nothing. */
  readonly read: () => PlatformState
  /** Changes the stored truth as another device would, and makes that durable. */
  readonly change: (edit: (state: PlatformState) => void) => void
  /** What opening the mailed link does. */
  readonly confirmEmail: (username: string) => void
  readonly blob: (id: string) => Buffer | undefined
  /** Refuses connections, and cuts those that are open, until `reconnect`. The port stays reserved by nobody. */
  readonly disconnect: () => Promise<void>
  readonly reconnect: () => Promise<void>
  readonly reset: () => void
  readonly close: () => Promise<void>
}

export const DEMO_ORG = 'northwind'
export const DEMO_USERNAME = 'noor.haddad'

export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const settings = settle(options)
  const store = openStore(settings)
  const log: LogEntry[] = []
  const faults = createFaults()
  const listeners: Listener[] = []
  const origins = { own: () => originOf(listeners[0]), files: () => originOf(listeners.at(-1)) }
  const shared = { store, settings, faults, log, origins, timers: new Set<NodeJS.Timeout>() }
  const main: Service = { ...shared, find: buildRouter(routes(settings)) }
  listeners.push({ server: createListener(main, 'platform'), port: settings.port })
  if (settings.files === 'other-origin') {
    const second: Service = { ...shared, find: buildRouter(fileRoutes) }
    listeners.push({ server: createListener(second, 'files'), port: 0 })
  }
  const start = async (): Promise<void> => {
    await Promise.all(listeners.map(listen))
  }
  const stop = async (): Promise<void> => {
    await Promise.all(listeners.map(unlisten))
  }
  await start()
  const tokenOf: Platform['tokenOf'] = (username, org = DEMO_ORG) =>
    store.state().tokens.find((token) => token.username === username && token.org === org)?.value
  const change: Platform['change'] = (edit) => {
    edit(store.state())
    store.commit()
  }
  return {
    origin: origins.own(),
    org: DEMO_ORG,
    username: DEMO_USERNAME,
    token: tokenOf(DEMO_USERNAME) ?? '',
    lmsToken: store.state().lmsToken,
    tokenOf,
    faults,
    requests: log,
    forgetRequests: () => void log.splice(0),
    read: () => structuredClone(store.state()),
    change,
    confirmEmail: (username) => change((state) => confirmEmail(state, username)),
    blob: store.blobs.get,
    disconnect: stop,
    reconnect: start,
    reset: store.reset,
    close: async () => {
      for (const timer of shared.timers) clearTimeout(timer)
      await stop()
    },
  }
}

function confirmEmail(state: PlatformState, username: string): void {
  const person = state.people.find((candidate) => candidate.username === username)
  if (person === undefined || person.pendingEmail === null) return
  person.email = person.pendingEmail
  person.pendingEmail = null
}

interface Listener {
  readonly server: Server
  port: number
}

function originOf(listener: Listener | undefined): string {
  return `http://127.0.0.1:${String(listener?.port ?? 0)}`
}

function listen(listener: Listener): Promise<void> {
  const { server } = listener
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(listener.port, '127.0.0.1', () => {
      server.off('error', reject)
      const address = server.address()
      if (isPort(address)) listener.port = address.port
      resolve()
    })
  })
}

function isPort(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

function unlisten({ server }: Listener): Promise<void> {
  if (!server.listening) return Promise.resolve()
  return new Promise((resolve, reject) => {
    server.close((cause) => (cause === undefined ? resolve() : reject(cause)))
    server.closeAllConnections()
  })
}
