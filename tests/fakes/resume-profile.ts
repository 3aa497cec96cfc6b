import { startDeclaredServer, type DeclaredServer } from './declared-server'
import { openHttpProfile, valueOf, type HttpProfile, type HttpProfileOptions } from './http-profile'
import { resume } from '../../src/shared/domain/sections/resume'

export const route = '/dm/api/career/resume/orgs/northwind/users/noor.haddad/'

export const cv = {
  name: 'resumes/1/noor-cv.pdf',
  url: 'https://files.example/cv?sig=1',
  type: 'resume',
}
export const maps = { name: 'maps.pdf', url: 'https://files.example/maps', type: 'portfolio' }
export const record = {
  id: 77,
  user: 48_213,
  platform: 'northwind',
  files: [maps, cv],
  links: [{ url: 'https://noor.example' }, { url: 'https://b.example' }],
}

/** The résumé on a declared server; all is about the one opened last. */
export function resumeProfile() {
  let server: DeclaredServer
  let profile: HttpProfile

  async function open() {
    server = await startDeclaredServer()
    profile = openHttpProfile(server.origin)
    server.on(`GET ${route}`, { json: record })
    return { server, profile }
  }

  /** Another client for the same server. */
  async function reopen(options: HttpProfileOptions): Promise<HttpProfile> {
    await profile.client.close()
    profile = openHttpProfile(server.origin, options)
    return profile
  }

  async function close(): Promise<void> {
    await profile.client.close()
    await server.close()
  }

  const pull = async () => valueOf(await profile.api.pull(resume, profile.signal))

  async function only() {
    const [item] = (await pull()).items
    if (!item) throw new Error('nothing read')
    return item
  }

  return { open, reopen, close, pull, only }
}
