import type { Json, JsonObject } from '../../../shared/domain/values'
import type { Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { idText, isArray, isObject, own } from './json-read'
import type { HttpClient, ReadRequest } from './requests'

export interface ListPage {
  readonly entries: readonly JsonObject[]
  /** Of the whole list, where the server tells it. */
  readonly count?: number
  readonly hasNext: boolean
}

/**
 * Reads a list in any shape seen in clients of the platform: a bare array, an envelope, one object,
 * `null`. `undefined` for an answer that is no list at all, or has no body: what is not said must not
 * look like records that were deleted.
 */
export function listPage(json: Json | undefined): ListPage | undefined {
  if (json === null || json === '') return emptyPage
  if (isArray(json)) return pageOf(json)
  if (!isObject(json)) return undefined
  const isEnvelope = Object.hasOwn(json, 'results')
  // A record has an id, and a `data` of its own that says nothing about a list.
  if (!isEnvelope && idText(own(json, 'id')) !== undefined) {
    return { entries: [json], hasNext: false }
  }
  const listed = own(json, isEnvelope ? 'results' : 'data')
  if (isArray(listed)) return pageOf(listed, pagingOf(json))
  if (listed === null) return emptyPage
  return Object.keys(json).length === 0 ? emptyPage : undefined
}

/** A list of something else is none, or it would read as a list without records. */
function pageOf(
  list: readonly Json[],
  paging: Omit<ListPage, 'entries'> = { hasNext: false },
): ListPage | undefined {
  const entries = list.filter(isObject)
  return entries.length === 0 && list.length > 0 ? undefined : { entries, ...paging }
}

const emptyPage: ListPage = { entries: [], hasNext: false }

function pagingOf(envelope: JsonObject): Omit<ListPage, 'entries'> {
  const count = own(envelope, 'count')
  const next = own(envelope, 'next') ?? own(envelope, 'next_page')
  return {
    ...(typeof count === 'number' && { count }),
    // Only whether there is one: its address may point at an internal host.
    hasNext: typeof next === 'string' || typeof next === 'number',
  }
}

export interface PageRules {
  /** Tells entries apart; those without an identity are all kept. */
  readonly identityOf: (entry: JsonObject) => string | undefined
  readonly pageSize?: number
  readonly parse?: (json: Json | undefined) => ListPage | undefined
}

export interface WholeList {
  readonly entries: readonly JsonObject[]
  /** The page on which each entry with an identity was met. */
  readonly pages: ReadonlyMap<string, number>
  /** More pages than anybody reads; the rest was left out. */
  readonly isCut: boolean
}

/** 25 000 records at 25 a page. */
const maxPages = 1_000

/**
 * Reads all pages by number. Records move between pages while others are added or deleted: doubles
 * are dropped, and since a double on one page means a gap on another, such a walk is done once more.
 */
export async function readAllPages(
  client: HttpClient,
  request: ReadRequest,
  rules: PageRules,
): Promise<Result<WholeList>> {
  const first = await walk(client, request, rules)
  if (!first.ok || !first.value.hasMoved) return first
  return walk(client, request, rules)
}

async function walk(
  client: HttpClient,
  request: ReadRequest,
  rules: PageRules,
): Promise<Result<WholeList & { readonly hasMoved: boolean }>> {
  const pages = new Map<string, number>()
  const entries: JsonObject[] = []
  const pageAt = askAhead((number) => readPage(client, request, { ...rules, number }))
  let hasMoved = false
  for (let number = 1; number <= maxPages; number += 1) {
    const page = await pageAt(number)
    if (!page.ok) {
      // Deletions elsewhere can make the last page vanish while it is being asked for.
      const isPastEnd = number > 1 && page.error.kind === 'not-found'
      if (isPastEnd) return ok({ entries, pages, isCut: false, hasMoved: true })
      return page
    }
    const before = entries.length
    for (const entry of page.value.entries) {
      const identity = rules.identityOf(entry)
      if (identity !== undefined && pages.has(identity)) {
        hasMoved = true
        continue
      }
      if (identity !== undefined) pages.set(identity, number)
      entries.push(entry)
    }
    // A server that does not know page numbers gives the same page for ever.
    const isStuck = entries.length === before
    if (isStuck || !hasMore(page.value, entries.length)) {
      return ok({ entries, pages, isCut: false, hasMoved })
    }
  }
  return ok({ entries, pages, isCut: true, hasMoved })
}

type PageAt = (number: number) => Promise<Result<ListPage>>

/** Once the count tells how many pages there are, some are asked for before their turn. */
function askAhead(read: PageAt): PageAt {
  const asked = new Map<number, Promise<Result<ListPage>>>()
  let lastKnown = 1
  const ask: PageAt = (number) => {
    const page = asked.get(number) ?? read(number)
    asked.set(number, page)
    return page
  }
  return async (number) => {
    const until = Math.min(number + pagesAhead, lastKnown)
    for (let next = number; next <= until; next += 1) void ask(next)
    const page = await ask(number)
    asked.delete(number)
    if (number === 1 && page.ok) lastKnown = pageCountOf(page.value)
    return page
  }
}

const pagesAhead = 3

function pageCountOf({ count, entries }: ListPage): number {
  if (count === undefined || entries.length === 0) return 1
  return Math.min(Math.ceil(count / entries.length), maxPages)
}

/** Some envelopes carry a count and no `next`. */
function hasMore(page: ListPage, collected: number): boolean {
  return page.hasNext || (page.count !== undefined && page.count > collected)
}

/** One page of a list. */
export async function readPage(
  client: HttpClient,
  request: ReadRequest,
  rules: PageRules & { readonly number: number },
): Promise<Result<ListPage>> {
  const sized = rules.pageSize !== undefined && { page_size: String(rules.pageSize) }
  const numbered = (rules.number > 1 || sized !== false) && { page: String(rules.number) }
  const answer = await client.read({
    ...request,
    query: { ...request.query, ...numbered, ...sized },
  })
  if (!answer.ok) return answer
  const page = (rules.parse ?? listPage)(answer.value.body)
  if (page) return ok(page)
  return err({
    kind: 'unexpected-answer',
    reason: 'shape',
    service: request.service,
    host: client.hostOf(request.service),
    status: answer.value.status,
  })
}
