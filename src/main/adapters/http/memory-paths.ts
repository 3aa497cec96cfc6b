import { path } from './path'
import type { ProfileScope } from './resource-api'

/** Routes of both generations of the memory service. */
export const memoryPaths = {
  ofMentor: ({ org, username }: ProfileScope, mentor: string) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/mentors/${mentor}/mentor-memories/`,
  oneOfMentor: ({ org, username }: ProfileScope, mentor: string, id: string) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/mentors/${mentor}/mentor-memories/${id}/`,
  pagesOfMentor: ({ org, username }: ProfileScope, mentor: string) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/mentors/${mentor}/mentor-memories-list/`,
  acrossMentors: ({ org, username }: ProfileScope) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/mentor-memories/`,
  global: ({ org, username }: ProfileScope) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/global-memories/`,
  oneGlobal: ({ org, username }: ProfileScope, id: string) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/global-memories/${id}/`,
  categories: ({ org }: ProfileScope, mentor: string) =>
    path`/api/ai-mentor/orgs/${org}/mentors/${mentor}/memory-categories/`,
  legacy: ({ org, username }: ProfileScope) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/memories/`,
  oneLegacy: ({ org, username }: ProfileScope, id: string) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/memory-entries/${id}/`,
  legacyCategories: ({ org, username }: ProfileScope) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/memory-categories/`,
  searchedMentors: ({ org, username }: ProfileScope) =>
    path`/api/search/orgs/${org}/users/${username}/mentors/`,
  recentMentors: ({ org, username }: ProfileScope) =>
    path`/api/ai-mentor/orgs/${org}/users/${username}/recently-accessed-mentors/`,
}
