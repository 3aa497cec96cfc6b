import type { Json, JsonObject } from '../../../shared/domain/values'
import type { AppError, Result } from '../../../shared/errors'
import { err, ok } from '../../../shared/result'
import { idText, isArray, isObject, own } from './json-read'
import type { HttpClient, ReadRequest } from './requests'

export interface ListPage {
  readonly entries: readonly JsonObject[]
  /** Of the whole list, where the server tells it. */
  readonly count?: number
  readonly hasNext: boolean
  /** What the next page is asked for with, on a server that does not number its pages. */
  readonly nextQuery?: Readonly<Record<string, string>>
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
  const nextQuery = typeof next === 'string' ? unnumberedQuery(next) : undefined
  return {
    ...(typeof count === 'number' && { count }),
    hasNext: typeof next === 'string' || typeof next === 'number',
    ...(nextQuery && { nextQuery }),
  }
}

/** Of the address of a next page only this is taken: its host may be an internal one. */
function unnumberedQuery(address: string): ListPage['nextQuery'] {
  const query = new URLSearchParams(address.split('#')[0]?.split('?')[1])
  if (query.has('page') || !['offset', 'cursor'].some((key) => query.has(key))) return undefined
  return Object.fromEntries(query)
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
  /** Not all of it: the server says there is more, and it could not be had. */
  readonly isCut: boolean
}

/** 25 000 records at 25 a page. */
const maxPages = 1_000
const maxWalks = 3

/** One reading of all pages. */
interface Walk extends WholeList {
  /** As the last page told it. */
  readonly count?: number
  /** Records have changed places meanwhile: what was met may not be all. */
  readonly hasMoved: boolean
}

/**
 * Reads all pages, by number where the server numbers them. Records move between pages while others
 * are added or deleted, and some servers keep no order: doubles are dropped, and since a double on one
 * page means a gap on another, such a list is read again. What several readings met together is the
 * whole once it is as much as the server counts.
 */
export async function readAllPages(
  client: HttpClient,
  request: ReadRequest,
  rules: PageRules,
): Promise<Result<WholeList>> {
  let met: Walk | undefined
  for (let walks = 1; ; walks += 1) {
    const walked = await walk(client, request, rules)
    if (!walked.ok) return walked
    const last = walked.value
    if (!last.hasMoved) return walked
    met = met ? together(met, last, rules) : last
    if (walks > 1 && met.entries.length === last.count) return ok({ ...met, isCut: false })
    if (walks > 1 && !last.isCut) return ok(last)
    if (walks === maxWalks) return ok(last)
  }
}

/** The later reading, and after it what only the earlier one met. */
function together(earlier: Walk, later: Walk, { identityOf }: PageRules): Walk {
  const missed = earlier.entries.filter((entry) => {
    const identity = identityOf(entry)
    return identity !== undefined && !later.pages.has(identity)
  })
  return {
    ...later,
    entries: [...later.entries, ...missed],
    pages: new Map([...earlier.pages, ...later.pages]),
  }
}

async function walk(
  client: HttpClient,
  request: ReadRequest,
  rules: PageRules,
): Promise<Result<Walk>> {
  const pages = new Map<string, number>()
  const entries: JsonObject[] = []
  const pageAt = askAhead((at) => readPage(client, request, { ...rules, ...at }))
  let hasDoubles = false
  let last: ListPage = emptyPage
  const end = (isCut: boolean, hasMoved: boolean): Result<Walk> =>
    ok({ entries, pages, ...(last.count !== undefined && { count: last.count }), isCut, hasMoved })
  const isShort = (): boolean => hasDoubles && (last.count ?? 0) > entries.length
  for (let number = 1; number <= maxPages; number += 1) {
    const page = await pageAt({ number, ...(last.nextQuery && { query: last.nextQuery }) })
    if (!page.ok) {
      // Deletions elsewhere can make the last page vanish while it is being asked for.
      return number > 1 && isPastEnd(page.error) ? end(isShort(), true) : page
    }
    const previous = last
    last = page.value
    const before = { length: entries.length, isShort: isShort(), hasDoubles }
    for (const entry of last.entries) {
      const identity = rules.identityOf(entry)
      if (identity !== undefined && pages.has(identity)) {
        hasDoubles = true
        continue
      }
      if (identity !== undefined) pages.set(identity, number)
      entries.push(entry)
    }
    if (entries.length === before.length) {
      if (!isSamePage(previous, last, rules)) return end(isShort(), hasDoubles)
      const isCut = before.isShort || isMoreBehind(last, entries.length, rules)
      return end(isCut, isCut || before.hasDoubles)
    }
    if (!hasMore(last, entries.length)) return end(isShort(), hasDoubles)
  }
  return end(true, hasDoubles)
}

const isPastEnd = ({ kind }: AppError): boolean => kind === 'not-found' || kind === 'invalid'

function isSamePage(previous: ListPage, page: ListPage, { identityOf }: PageRules): boolean {
  const names = ({ entries }: ListPage): string => JSON.stringify(entries.map(identityOf))
  return page.entries.length > 0 && names(previous) === names(page)
}

/**
 * A server that does not know page numbers gives the same page for ever. Where that is not full it is
 * all there is, whatever is counted.
 */
function isMoreBehind(page: ListPage, collected: number, { pageSize = 0 }: PageRules): boolean {
  return page.hasNext || (page.entries.length >= pageSize && hasMore(page, collected))
}

interface PagePlace {
  readonly number: number
  /** In place of the number, as the page before told it. */
  readonly query?: ListPage['nextQuery']
}
type PageAt = (place: PagePlace) => Promise<Result<ListPage>>

/** Once the count tells how many pages there are, some are asked for before their turn. */
function askAhead(read: PageAt): PageAt {
  const asked = new Map<number, Promise<Result<ListPage>>>()
  let lastKnown = 1
  const ask: PageAt = (place) => {
    const page = asked.get(place.number) ?? read(place)
    asked.set(place.number, page)
    return page
  }
  return async (place) => {
    const { number } = place
    const asking = ask(place)
    const until = Math.min(number + pagesAhead, lastKnown)
    for (let next = number + 1; next <= until; next += 1) void ask({ number: next })
    const page = await asking
    asked.delete(number)
    if (number === 1 && page.ok) lastKnown = pageCountOf(page.value)
    return page
  }
}

const pagesAhead = 3

function pageCountOf({ count, entries, nextQuery }: ListPage): number {
  if (count === undefined || entries.length === 0 || nextQuery) return 1
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
  rules: PageRules & PagePlace,
): Promise<Result<ListPage>> {
  const sized = rules.pageSize !== undefined && { page_size: String(rules.pageSize) }
  const numbered = (rules.number > 1 || sized !== false) && { page: String(rules.number) }
  const placed = rules.query ?? { ...numbered, ...sized }
  const answer = await client.read({ ...request, query: { ...request.query, ...placed } })
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
