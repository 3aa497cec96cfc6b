import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { settle } from '../../src/demo-platform/options'
import { type Platform, startPlatform } from '../../src/demo-platform/platform'
import { routes } from '../../src/demo-platform/routes'
import { checkExchange, type Exchange, type Finding, publishedDocument } from './conformance'
import { DEVIATIONS, explains, unexplained } from './deviations'
import { everyEndpoint, record } from './journey'

const OPTIONS = {
  generation: 'both',
  flagStores: ['settings', 'status'],
  globalEdit: true,
} as const

let platform: Platform
let exchanges: readonly Exchange[]
let findings: readonly Finding[]

beforeAll(async () => {
  platform = await startPlatform(OPTIONS)
  const own = record(platform)
  const admin = record(platform, platform.tokenOf('s.okafor'))
  await everyEndpoint(own, admin)
  exchanges = [...own.exchanges, ...admin.exchanges]
  findings = exchanges.flatMap(checkExchange)
}, 60_000)

afterAll(() => platform.close())

describe('the embedded platform against the published document', () => {
  it('differs only where a deviation is argued', () => {
    expect(unexplained(findings)).toEqual([])
  })

  it.each(DEVIATIONS.map((deviation) => [deviation.reason, deviation] as const))(
    'still differs: %s',
    (_reason, deviation) => {
      expect(findings.filter((finding) => explains(deviation, finding))).not.toEqual([])
    },
  )

  it('is driven over every method of every DM route it has', () => {
    const driven = (method: string, path: string): boolean =>
      exchanges.some(
        (exchange) => exchange.method === method && toPattern(path).test(exchange.path),
      )
    const missed = routes(settle(OPTIONS))
      .filter(({ path }) => path.startsWith('/dm/'))
      .flatMap(({ path, methods }) => Object.keys(methods).map((method) => [method, path] as const))
      .filter(([method, path]) => !driven(method, path))
    expect(missed).toEqual([])
  })

  it('serves every published method of the career, résumé and switch paths', () => {
    const published = publishedDocument().operations(
      /^\/api\/(career\/(resume\/)?orgs\/\{org\}\/(?!programs)|ai-prompt\/.*\/(chat-)?memory-status\/)/,
    )
    const served = new Set(
      exchanges.flatMap(({ method, path }) => {
        const found = publishedDocument().find(method, path.slice('/dm'.length))
        return found.kind === 'operation' ? [found.operation.name] : []
      }),
    )
    expect(published.filter((operation) => !served.has(operation))).toEqual([])
  })
})

function toPattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
}
