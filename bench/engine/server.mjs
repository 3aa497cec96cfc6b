import { pathToFileURL } from 'node:url'
import { answerQuestions } from '../lib/asked-process.mjs'

/**
 * The embedded platform in a process of its own, with enough records for five hundred edits. It goes
 * back to its start when it is told to, and answers later than at once when it is told to.
 */
const { startPlatform } = await import(pathToFileURL(process.argv[2]).href)
const platform = await startPlatform({ memories: 320, keepRequests: 0 })

const entries = { education: 90, experience: 90 }

function grow(state) {
  for (const [kind, count] of Object.entries(entries)) {
    const [first] = state.career[kind]
    for (let index = 0; index < count; index += 1) {
      const copy = structuredClone(first)
      state.career[kind].push({ ...copy, id: 200_000 + index })
    }
  }
}

async function reset({ delayMs }) {
  platform.reset()
  platform.change(grow)
  platform.faults.clear()
  if (delayMs > 0) {
    const fault = { kind: 'delay', ms: delayMs }
    platform.faults.add({ match: {}, times: Infinity, fault })
  }
  return {}
}

await reset({ delayMs: 0 })
const { origin, org, username, token } = platform
answerQuestions({ reset }, { target: { origin, org, username, token } })
