import { utilityProcess, type UtilityProcess } from 'electron'
import * as v from 'valibot'
import { originsOf } from '../../shared/domain/workspace'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
import type { Log } from '../../shared/sync/ports'
import type { ConnectionTarget, DemoPlatform } from '../app/ports'
import { Credential } from '../credential'
import { builtFile } from './app-paths'

const answer = v.variant('type', [
  v.object({
    type: v.literal('ready'),
    origin: v.string(),
    org: v.string(),
    username: v.string(),
    token: v.string(),
  }),
  v.object({ type: v.literal('failed'), message: v.string() }),
  v.object({ type: v.literal('reset-done') }),
])

type Started = ConnectionTarget & { readonly credential: Credential }

/** Longer than reading its data takes; without an end nothing else could be opened. */
const answerLimitMs = 20_000

/** The embedded platform in a process of its own, started when it is first needed. */
export function createDemoProcess(folder: string, log: Log): DemoPlatform {
  let child: UtilityProcess | undefined
  let starting: Promise<Result<Started>> | undefined
  const listeners: (() => void)[] = []

  const start = async (): Promise<Result<Started>> => {
    const forked = utilityProcess.fork(builtFile('main', 'demo-utility.js'), [], {
      serviceName: 'ibl.ai Profile demo platform',
      stdio: 'ignore',
    })
    child = forked
    forked.once('exit', () => {
      if (child !== forked) return
      child = undefined
      starting = undefined
      for (const listener of listeners) listener()
    })
    const message = await answerTo(forked, { type: 'start', folder })
    if (message?.type === 'ready') return ok(startedFrom(message))
    forked.kill()
    if (child === forked) starting = undefined
    return failed(message?.type === 'failed' ? message.message : 'no answer')
  }

  const failed = (why: unknown): Result<never> =>
    err({ kind: 'unexpected', reference: log.error('demo platform', why) })

  const started = (): Promise<Result<Started>> => {
    starting ??= start().catch((cause: unknown) => {
      starting = undefined
      return failed(cause)
    })
    return starting
  }

  return {
    start: started,
    reset: async () => {
      const running = await started()
      if (!running.ok) return running
      const message = child && (await answerTo(child, { type: 'reset' }))
      return message?.type === 'reset-done' ? ok(undefined) : failed('not put back')
    },
    onEnd: (listener) => {
      listeners.push(listener)
    },
  }
}

type Answer = v.InferOutput<typeof answer>

const startedFrom = ({ org, username, origin, token }: Answer & { type: 'ready' }): Started => ({
  org,
  username,
  origins: originsOf(origin),
  credential: new Credential(token),
})

/** The next message, or `undefined` when the process ends or says nothing for too long. */
function answerTo(child: UtilityProcess, question: unknown): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const finish = (message: unknown) => {
      clearTimeout(timer)
      child.off('message', finish)
      child.off('exit', finish)
      const parsed = v.safeParse(answer, message)
      resolve(parsed.success ? parsed.output : undefined)
    }
    const timer = setTimeout(finish, answerLimitMs)
    child.on('message', finish)
    child.on('exit', finish)
    child.postMessage(question)
  })
}
