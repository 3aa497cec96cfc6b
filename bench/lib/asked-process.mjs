import { fork } from 'node:child_process'
import { once } from 'node:events'
import { endProcess } from './end-process.mjs'

/**
 * A process that works when it is asked, one question at a time; it says something once when it is
 * ready. In: as for `fork`.
 * Out: `{ ask, end }`; `ask(question)` rejects with what went wrong there.
 */
export async function startAskedProcess(script, args, { execPath, env }) {
  const child = fork(script, args, {
    execPath,
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  const answer = async () => {
    const ended = new AbortController()
    const gone = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`the measured process ended with ${code}`)
    })
    try {
      const [message] = await Promise.race([once(child, 'message', { signal: ended.signal }), gone])
      if (message.failure !== undefined) throw new Error(message.failure)
      return message
    } finally {
      gone.catch(() => undefined)
      ended.abort()
    }
  }
  const ask = (question) => {
    const answered = answer()
    child.send(question)
    return answered
  }
  const ready = await answer()
  return { ready, ask, end: () => endProcess(child) }
}

/** The other side: `acts` by name; each gets the question and gives an object. */
export function answerQuestions(acts, ready = {}) {
  process.on('message', (question) => {
    acts[question.act](question).then(
      (answer) => process.send(answer ?? {}),
      (error) => process.send({ failure: error.stack }),
    )
  })
  // Whoever asks may end without saying so.
  process.once('disconnect', () => process.exit())
  process.send({ isReady: true, ...ready })
}
