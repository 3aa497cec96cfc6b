import { type Answer, detail, json } from './answer'
import type { Call } from './route'

export interface PageLimits {
  readonly defaultSize: number
  readonly maxSize: number
}

/** Page numbers from 1; a size over the limit is cut down, a page past the end is a 404. */
export function pageOf<T>(
  items: readonly T[],
  limits: PageLimits,
  call: Call,
  render: (item: T) => unknown,
): Answer {
  const size = pageSize(call.query.get('page_size'), limits)
  const pages = Math.max(1, Math.ceil(items.length / size))
  const page = Number(call.query.get('page') ?? 1)
  if (!Number.isInteger(page) || page < 1 || page > pages) return detail(404, 'Invalid page.')
  return json(200, {
    count: items.length,
    next: page < pages ? pageLink(call, page + 1) : null,
    previous: page > 1 ? pageLink(call, page - 1) : null,
    results: items.slice((page - 1) * size, page * size).map(render),
  })
}

function pageSize(asked: string | null, { defaultSize, maxSize }: PageLimits): number {
  const size = Number(asked ?? defaultSize)
  return Number.isInteger(size) && size > 0 ? Math.min(size, maxSize) : defaultSize
}

export function pageLink(call: Call, page: number): string {
  const query = new URLSearchParams(call.query)
  query.set('page', String(page))
  return linkTo(call, query)
}

/** Behind a proxy a server often knows itself only by its internal name. */
export function linkTo(call: Call, query: URLSearchParams): string {
  const base = call.settings.pageLinks === 'internal' ? 'http://dm-web.internal:8000' : call.origin
  return `${base}${call.path}?${query.toString()}`
}
