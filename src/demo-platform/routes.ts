import { accountRoutes } from './account/account-routes'
import { imageRoutes } from './account/image-routes'
import { metadataRoutes } from './account/metadata-routes'
import { careerRoutes } from './career/career-routes'
import { fileRoutes } from './career/files'
import { resumeRoutes } from './career/resume-routes'
import { keyValueRoutes } from './core/key-value-routes'
import { userRoutes } from './core/user-routes'
import type { Route } from './http/route'
import { flagRoutes } from './memory/flag-routes'
import { legacyMemoryRoutes } from './memory/legacy-routes'
import { memoryRoutes } from './memory/memory-routes'
import { mentorRoutes } from './memory/mentor-routes'
import type { Settings } from './options'

export function routes(settings: Settings): readonly Route[] {
  const { generation } = settings
  return [
    ...accountRoutes,
    ...imageRoutes(settings),
    ...metadataRoutes(settings),
    ...careerRoutes(settings),
    ...resumeRoutes(settings),
    ...(settings.files === 'other-origin' ? [] : fileRoutes),
    ...flagRoutes(settings),
    ...(generation === 'legacy' ? [] : memoryRoutes(settings)),
    ...(generation === 'current' ? [] : legacyMemoryRoutes),
    ...mentorRoutes,
    ...userRoutes,
    ...keyValueRoutes,
  ]
}
