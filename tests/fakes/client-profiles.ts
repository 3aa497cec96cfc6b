import { startDeclaredServer, type DeclaredServer } from './declared-server'
import { openHttpProfile, type HttpProfile, type HttpProfileOptions } from './http-profile'
import { path } from '../../src/main/adapters/http/path'

export const thing = path`/api/thing/`
export const route = 'GET /dm/api/thing/'

export function read(profile: HttpProfile) {
  const { client, signal } = profile
  return client.read({ service: 'dm', path: thing, signal })
}

export function write(profile: HttpProfile, method: 'POST' | 'PUT' | 'PATCH' | 'DELETE' = 'POST') {
  const { client, signal } = profile
  const body = { kind: 'json', json: { a: 1 } } as const
  return client.write({ service: 'dm', method, path: thing, body, signal })
}

/** Clients under test for the declared server started last; `closeAll` ends them and it. */
export function clientProfiles() {
  let server: DeclaredServer
  const profiles: HttpProfile[] = []
  return {
    start: async (): Promise<DeclaredServer> => {
      server = await startDeclaredServer()
      return server
    },
    openProfile: (options: HttpProfileOptions = {}, origin = server.origin): HttpProfile => {
      const profile = openHttpProfile(origin, options)
      profiles.push(profile)
      return profile
    },
    closeAll: async (): Promise<void> => {
      await Promise.all(profiles.splice(0).map(({ client }) => client.close()))
      await server.close()
    },
  }
}
