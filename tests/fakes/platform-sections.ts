import { valueOf, type HttpProfile } from './http-profile'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { Values } from '../../src/shared/domain/values'
import type { ServerItem } from '../../src/shared/sync/state'

export const pull = async ({ api, signal }: HttpProfile, section: AnySection) =>
  valueOf(await api.pull(section, signal))

export async function only(profile: HttpProfile, section: AnySection): Promise<ServerItem> {
  const [item] = (await pull(profile, section)).items
  if (!item) throw new Error(`nothing in ${section.id}`)
  return item
}

export async function update(profile: HttpProfile, section: AnySection, patch: Values) {
  const current = await only(profile, section)
  return profile.api.update(section, current, patch, profile.context)
}
