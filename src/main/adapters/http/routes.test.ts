import { expect, it } from 'vitest'
import { ManualClock } from '../../../../tests/fakes/main-clock'
import { createRoutes } from './routes'

const host = new URL('https://api.iblai.app')
const first = { kind: 'http', host: 'a', port: 1 } as const
const second = { kind: 'http', host: 'b', port: 2 } as const

function someRoutes(answer: () => Promise<string> = () => Promise.resolve('PROXY a:1; PROXY b:2')) {
  const asked: string[] = []
  const clock = new ManualClock()
  const routes = createRoutes({
    clock,
    resolveProxy: (url) => {
      asked.push(url)
      return answer()
    },
  })
  return { asked, clock, routes }
}

it('asks the system once for an origin, and again after a minute', async () => {
  const { asked, clock, routes } = someRoutes()
  await Promise.all([routes.to(host), routes.to(new URL('https://api.iblai.app/lms'))])
  expect(asked).toEqual(['https://api.iblai.app/'])
  await clock.run(60_001)
  expect(await routes.to(host)).toEqual([first, second])
  expect(asked).toHaveLength(2)
})

it('asks anew after the network changed', async () => {
  const { asked, routes } = someRoutes()
  await routes.to(host)
  routes.forget()
  await routes.to(host)
  expect(asked).toHaveLength(2)
})

it('asks anew after a failure, and tries the proxy that failed last for a while', async () => {
  const { asked, clock, routes } = someRoutes()
  await routes.to(host)
  routes.failed(host, first)
  expect(await routes.to(host)).toEqual([second, first])
  expect(asked).toHaveLength(2)
  await clock.run(300_001)
  expect(await routes.to(host)).toEqual([first, second])
})

it.each([
  'http://127.0.0.1:8080',
  'http://localhost:1',
  'https://a.localhost',
  'http://[::1]:1',
  'https://169.254.1.1',
])('never asks about this computer: %s', async (own) => {
  const { asked, routes } = someRoutes()
  expect(await routes.to(new URL(own))).toEqual([{ kind: 'direct' }])
  expect(asked).toEqual([])
})

it('goes directly when the system cannot say', async () => {
  const { routes } = someRoutes(() => Promise.reject(new Error('no service')))
  expect(await routes.to(host)).toEqual([{ kind: 'direct' }])
})

it('goes directly when the system does not answer, and asks again the next time', async () => {
  const { asked, clock, routes } = someRoutes(() => new Promise(() => undefined))
  const ways = routes.to(host)
  await clock.run(10_001)
  expect(await ways).toEqual([{ kind: 'direct' }])
  void routes.to(host)
  expect(asked).toHaveLength(2)
})
