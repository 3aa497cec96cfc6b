import { comparison } from '../lib/figure.mjs'
import { appPage } from '../lib/page-scripts.mjs'
import { takePairs } from '../lib/pairs.mjs'
import { startOnce } from './start.mjs'

/** The same start as "cold start", with the platform out of reach against within reach. */
export async function measureOfflineStart({ session, pairs, onPair }) {
  const { start, relay } = await session.interruptibleApp()
  let late = 0
  const take = () => startOnce({ ...start, page: appPage }, () => (late += 1))
  const taken = await takePairs(pairs, {
    a: async () => {
      await relay.cut()
      return (await take()).ms
    },
    b: async () => {
      await relay.join()
      return (await take()).ms
    },
    onPair,
  })
  const figure = comparison({
    name: 'cold start, unreachable ÷ reachable',
    pairs: taken,
    columns: ['unreachable ms', 'reachable ms'],
    limits: { target: 1.02, never: 1.1 },
  })
  return [{ ...figure, detail: { watchedLate: late } }]
}
