import type { Route } from './route'

export interface Match {
  readonly route: Route
  readonly param: (name: string) => string
}

export type Find = (path: string) => Match | undefined

/** Paths are anchored at both ends; a trailing slash counts. */
export function buildRouter(routes: readonly Route[]): Find {
  const compiled = routes.map((route) => ({ route, pattern: compile(route.path) }))
  return (path) => {
    for (const { route, pattern } of compiled) {
      const groups = pattern.exec(path)
      const values = groups === null ? undefined : decodeAll(groups.groups ?? {})
      if (values !== undefined) return { route, param: (name) => values.get(name) ?? '' }
    }
    return undefined
  }
}

function compile(template: string): RegExp {
  const source = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')
  return new RegExp(`^${source}$`)
}

function decodeAll(
  groups: Readonly<Record<string, string>>,
): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(Object.entries(groups).map(([key, value]) => [key, decodeURIComponent(value)]))
  } catch {
    return undefined
  }
}
