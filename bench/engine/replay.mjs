import { Agent } from 'undici'

/**
 * Sends recorded requests with nothing but the library, reading every body.
 * In: `isLoop`: one after the other over one connection, as a plain loop does. Otherwise each starts once
 * as many answers are there as there were when the app sent it, so that as many are under way at a time.
 * @returns `{ ms, refused }`
 */
export async function replay({ requests, origin, isLoop }) {
  const agent = new Agent({ connections: isLoop ? 1 : 6 })
  const mayStart = (index) => (isLoop ? index : requests[index].after) <= answered
  let answered = 0
  let refused = 0
  let next = 0
  const startedAt = performance.now()
  await new Promise((resolve, reject) => {
    const send = async ({ method, path, body, headers }) => {
      const response = await agent.request({ origin, method, path, body, headers })
      await response.body.arrayBuffer()
      if (response.statusCode >= 400) refused += 1
      answered += 1
      go()
    }
    const go = () => {
      for (; next < requests.length && mayStart(next); next += 1) send(requests[next]).catch(reject)
      if (answered === requests.length) resolve()
    }
    go()
  })
  const ms = performance.now() - startedAt
  await agent.destroy()
  return { ms, refused }
}
