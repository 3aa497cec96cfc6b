import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../shared/domain/values'
import { err, ok } from '../../../shared/result'
import { idText, own } from './json-read'
import { readAllPages } from './pages'
import { path } from './path'
import type { HttpClient } from './requests'

/** A client whose pages are computed; it counts how many are asked for at a time. */
function pagedClient(pageOf: (number: number, query: Readonly<Record<string, string>>) => Json) {
  const asked: number[] = []
  let waiting = 0
  let most = 0
  const client: HttpClient = {
    read: async ({ query }) => {
      const number = Number(query?.['page'] ?? 1)
      asked.push(number)
      waiting += 1
      most = Math.max(most, waiting)
      await new Promise((resolve) => setImmediate(resolve))
      waiting -= 1
      return ok({ status: 200, body: pageOf(number, query ?? {}) })
    },
    write: () => Promise.reject(new Error('nothing is written')),
    download: () => Promise.reject(new Error('nothing is fetched')),
    hostOf: () => 'host',
    close: () => Promise.resolve(),
  }
  return { client, asked, most: () => most }
}

const request = { service: 'dm', path: path`/list/`, signal: new AbortController().signal } as const
const rules = { identityOf: (entry: JsonObject) => idText(own(entry, 'id')) }

const fullPage = (number: number, count: number) => ({
  count,
  next: number * 25 < count ? 'x' : null,
  results: Array.from({ length: Math.min(25, count - (number - 1) * 25) }, (_, at) => ({
    id: (number - 1) * 25 + at,
  })),
})

describe('reading all pages', () => {
  it('keeps the order of the server and asks for a few pages at a time', async () => {
    const { client, asked, most } = pagedClient((number) => fullPage(number, 1_010))
    const list = await readAllPages(client, request, { ...rules, pageSize: 25 })
    const ids = list.ok ? list.value.entries.map(({ id }) => id) : []
    expect(ids).toEqual(Array.from({ length: 1_010 }, (_, at) => at))
    expect(asked).toHaveLength(41)
    expect(most()).toBeLessThanOrEqual(4)
  })

  it('goes on by “next” where there is no count', async () => {
    const page = (number: number) => ({ next: number < 3 ? 'x' : null, results: [{ id: number }] })
    const { client } = pagedClient(page)
    const list = await readAllPages(client, request, rules)
    expect(list).toMatchObject({ ok: true, value: { entries: [{ id: 1 }, { id: 2 }, { id: 3 }] } })
  })

  it('goes on by the count where there is no “next”', async () => {
    const { client } = pagedClient((number) => ({ count: 2, results: [{ id: number }] }))
    const list = await readAllPages(client, request, rules)
    expect(list).toMatchObject({ ok: true, value: { entries: [{ id: 1 }, { id: 2 }] } })
  })

  it('says when it stopped before the end', async () => {
    const { client, asked } = pagedClient((number) => ({ next: 'x', results: [{ id: number }] }))
    const list = await readAllPages(client, request, rules)
    expect(list).toMatchObject({ ok: true, value: { isCut: true } })
    expect(asked).toHaveLength(1_000)
  })
  it('goes on by what “next” asks for where pages have no numbers', async () => {
    const next = 'http://internal:9/list/?limit=2&offset='
    const { client } = pagedClient((_number, { offset = '0' }) => ({
      ...{ count: 3, next: offset === '0' ? `${next}2` : null },
      results: offset === '0' ? [{ id: 1 }, { id: 2 }] : [{ id: 3 }],
    }))
    const list = await readAllPages(client, request, rules)
    expect(list).toMatchObject({ value: { entries: [{ id: 1 }, { id: 2 }, { id: 3 }] } })
    expect(list).toMatchObject({ value: { isCut: false } })
  })

  it('says that there is more where the same page comes for ever', async () => {
    const { client, asked } = pagedClient(() => ({ count: 3, next: 'x', results: [{ id: 1 }] }))
    const list = await readAllPages(client, request, rules)
    expect(list).toMatchObject({ value: { entries: [{ id: 1 }], isCut: true } })
    expect(asked.length).toBeLessThan(10)
  })

  it('takes a page that is not full for all there is, whoever else is counted', async () => {
    const { client } = pagedClient(() => ({ count: 500, results: [{ id: 1 }] }))
    const list = await readAllPages(client, request, { ...rules, pageSize: 25 })
    expect(list).toMatchObject({ value: { entries: [{ id: 1 }], isCut: false } })
  })

  it('puts together what several readings met of a list without an order', async () => {
    const readings = [
      [
        [1, 2],
        [2, 3],
      ],
      [
        [3, 4],
        [1, 4],
      ],
    ]
    let reading = -1
    const { client } = pagedClient((number) => {
      if (number === 1) reading += 1
      const ids = readings[reading]?.[number - 1] ?? []
      return { count: 4, results: ids.map((id) => ({ id })) }
    })
    const list = await readAllPages(client, request, { ...rules, pageSize: 2 })
    const ids = list.ok ? list.value.entries.map(({ id }) => Number(id)) : []
    expect(ids.sort()).toEqual([1, 2, 3, 4])
    expect(list).toMatchObject({ value: { isCut: false } })
  })

  it('says that there is more where no reading met it', async () => {
    const { client, asked } = pagedClient((number) => ({
      count: 4,
      results: (number === 1 ? [1, 2] : [2, 3]).map((id) => ({ id })),
    }))
    const list = await readAllPages(client, request, { ...rules, pageSize: 2 })
    expect(list).toMatchObject({ value: { isCut: true } })
    expect(asked.length).toBeLessThan(12)
  })

  it('E31: takes “invalid page” for the end', async () => {
    const { client } = pagedClient(() => ({ count: 2, results: [{ id: 1 }] }))
    const read: HttpClient['read'] = (asked) =>
      asked.query?.['page'] === '2'
        ? Promise.resolve(err({ kind: 'invalid', fields: {}, status: 400 }))
        : client.read(asked)
    const list = await readAllPages({ ...client, read }, request, rules)
    expect(list).toMatchObject({ value: { entries: [{ id: 1 }], isCut: false } })
  })
})
