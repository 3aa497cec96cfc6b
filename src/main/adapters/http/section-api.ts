import type { AnySection, Resource } from '../../../shared/domain/sections/section'
import { ok } from '../../../shared/result'
import { createAccountApi } from './account-api'
import { createCareerApi } from './career-api'
import { createMemoriesApi } from './memories-api'
import { createMemorySettingsApi } from './memory-settings-api'
import type { ProfileScope, ResourceApi } from './resource-api'
import { createResumeApi } from './resume-api'

/** The platform over HTTP: every section goes to the adapter of its kind of resource. */
export function createHttpSectionApi(scope: ProfileScope): ResourceApi {
  const byKind: Readonly<Record<Resource['kind'], ResourceApi>> = {
    account: createAccountApi(scope),
    career: createCareerApi(scope),
    resume: createResumeApi(scope),
    memories: createMemoriesApi(scope),
    'memory-settings': createMemorySettingsApi(scope),
  }
  const of = (section: AnySection): ResourceApi => byKind[section.resource.kind]
  return {
    pull: (section, signal) => of(section).pull(section, signal),
    find: async (section, id, signal) => of(section).find?.(section, id, signal) ?? ok(undefined),
    create: (section, values, context) => of(section).create(section, values, context),
    update: (section, current, patch, context) =>
      of(section).update(section, current, patch, context),
    remove: (section, current, context) => of(section).remove(section, current, context),
    count: (section, signal) => of(section).count(section, signal),
  }
}
