import type { JsonObject } from '../../../shared/domain/values'
import { isTemporary, type AppError, type Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { arrayIn, booleanIn, idText, isObject, own, textIn } from './json-read'
import { memoryPaths } from './memory-paths'
import { listPage } from './pages'
import type { ApiPath } from './path'
import type { ProfileScope } from './resource-api'

export interface Agent {
  readonly id: string
  readonly name: string
}

export interface Category {
  readonly slug: string
  readonly name: string
}

/** The agents somebody may choose from, and what an agent files memories under. */
export interface AgentDirectory {
  readonly agents: (signal: AbortSignal) => Promise<AgentList>
  /** By agent id; an agent whose categories cannot be read is left out. */
  readonly categories: (agents: readonly string[], signal: AbortSignal) => Promise<CategoryList>
}

export interface AgentList {
  readonly agents: readonly Agent[]
  /** Whether both lists of agents could be read. */
  readonly isWhole: boolean
  /** Why not, where that may pass. */
  readonly trouble?: AppError
  /** The list of all of them is there, and was not shown. */
  readonly refusal?: AppError
}

export interface CategoryList {
  readonly byAgent: ReadonlyMap<string, readonly Category[]>
  /** Whether those of every agent that was asked about could be read. */
  readonly isWhole: boolean
}

/** The list is read before every write, its company much more rarely. */
const keepMs = 60_000
const maxAgents = 100
/** One request each; enough for anybody who is not a test. */
const maxCategoryReads = 20

export function createAgentDirectory(scope: ProfileScope): AgentDirectory {
  let kept: { readonly list: AgentList; readonly until: number } | undefined
  const categories = new Map<
    string,
    { readonly list: readonly Category[]; readonly until: number }
  >()
  return {
    agents: async (signal) => {
      const now = scope.clock.now()
      if (kept && now < kept.until) return kept.list
      const list = await readAgents(scope, signal)
      if (list.agents.length > 0 && !list.trouble) kept = { list, until: now + keepMs }
      return list
    },
    categories: async (agents, signal) => {
      const now = scope.clock.now()
      const asked = agents.slice(0, maxCategoryReads)
      await Promise.all(
        asked.map(async (agent) => {
          if (now < (categories.get(agent)?.until ?? 0)) return
          const list = await readCategories(scope, agent, signal)
          if (list) categories.set(agent, { list, until: now + keepMs })
        }),
      )
      const wanted = [...categories].filter(([agent]) => agents.includes(agent))
      const byAgent = new Map(wanted.map(([agent, { list }]) => [agent, list]))
      return { byAgent, isWhole: asked.every((agent) => byAgent.has(agent)) }
    },
  }
}

/** Names are a convenience: without them agents show by their id, so failures are passed over. */
async function readAgents(scope: ProfileScope, signal: AbortSignal): Promise<AgentList> {
  const [recent, searched] = await Promise.all([
    readList(scope, memoryPaths.recentMentors(scope), { signal }),
    readList(scope, memoryPaths.searchedMentors(scope), {
      signal,
      query: { limit: String(maxAgents), offset: '0' },
    }),
  ])
  const byId = new Map<string, Agent>()
  for (const mentor of [recent, searched].flatMap((list) => (list.ok ? list.value : []))) {
    const id = idText(own(mentor, 'unique_id'))
    if (id !== undefined && !byId.has(id)) {
      byId.set(id, { id, name: textIn(mentor, 'name') ?? id })
    }
  }
  const failed = [recent, searched].flatMap((list) => (list.ok ? [] : [list.error]))
  const trouble = failed.find(isTemporary)
  return {
    agents: [...byId.values()].slice(0, maxAgents),
    isWhole: failed.length === 0,
    ...(trouble && { trouble }),
    ...(!searched.ok && searched.error.kind === 'forbidden' && { refusal: searched.error }),
  }
}

async function readCategories(
  scope: ProfileScope,
  agent: string,
  signal: AbortSignal,
): Promise<readonly Category[] | undefined> {
  const rows = await readList(scope, memoryPaths.categories(scope, agent), { signal })
  if (!rows.ok) return undefined
  return rows.value
    .filter((row) => booleanIn(row, 'is_active') !== false)
    .flatMap((row) => {
      const slug = textIn(row, 'slug')
      return slug === undefined ? [] : [{ slug, name: textIn(row, 'name') ?? slug }]
    })
}

/** The older generation names its categories only. `undefined`: they could not be read. */
export async function readLegacyCategories(
  scope: ProfileScope,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const answer = await scope.client.read({
    service: 'dm',
    path: memoryPaths.legacyCategories(scope),
    signal,
    tries: 1,
  })
  if (!answer.ok || !isObject(answer.value.body)) return undefined
  return arrayIn(answer.value.body, 'categories').filter((slug) => typeof slug === 'string')
}

async function readList(
  scope: ProfileScope,
  path: Result<ApiPath>,
  { signal, query }: { signal: AbortSignal; query?: Readonly<Record<string, string>> },
): Promise<Result<readonly JsonObject[]>> {
  const request = { service: 'dm' as const, path, signal, tries: 1 }
  const answer = await scope.client.read({ ...request, ...(query && { query }) })
  if (!answer.ok) return answer
  const page = listPage(answer.value.body)
  return page ? ok(page.entries) : err({ kind: 'unexpected-answer', reason: 'shape' })
}
