import type { PlatformOptions } from '../../src/demo-platform/options'
import { startPlatform, type Platform } from '../../src/demo-platform/platform'
import { openHttpProfile, type HttpProfile, type HttpProfileOptions } from './http-profile'

export interface PlatformProfile extends HttpProfile {
  readonly platform: Platform
}

/** Clients under test on embedded platforms of their own; `closeAll` ends them. */
export function platformProfiles() {
  const opened: PlatformProfile[] = []
  return {
    open: async (
      options: PlatformOptions = {},
      more: HttpProfileOptions = {},
    ): Promise<PlatformProfile> => {
      const platform = await startPlatform(options)
      const { org, username, token } = platform
      const profile = openHttpProfile(platform.origin, { org, username, token, ...more })
      const all = { ...profile, platform }
      opened.push(all)
      return all
    },
    closeAll: async (): Promise<void> => {
      for (const { client, platform } of opened.splice(0)) {
        await client.close()
        await platform.close()
      }
    },
  }
}
