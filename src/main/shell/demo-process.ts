import { utilityProcess, type UtilityProcess } from 'electron'
import * as v from 'valibot'
import { originsOf } from '../../shared/domain/workspace'
import type { Result } from '../../shared/errors'
import { err, ok } from '../../shared/result'
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

/** The embedded platform in a process of its own, started when it is first needed. */
export function createDemoProcess(folder: string): DemoPlatform {
  let child: UtilityProcess | undefined
  let starting: Promise<Result<Started>> | undefined

  const start = async (): Promise<Result<Started>> => {
    child = utilityProcess.fork(builtFile('main', 'demo-utility.js'), [], {
      serviceName: 'ibl.ai Profile demo platform',
      stdio: 'ignore',
    })
    child.once('exit', () => {
      child = undefined
      starting = undefined
    })
    const ready = answerOf(child)
    child.postMessage({ type: 'start', folder })
    const message = await ready
    if (message?.type !== 'ready') {
      starting = undefined
      return err({ kind: 'offline' })
    }
    return ok({
      org: message.org,
      username: message.username,
      origins: originsOf(message.origin),
      credential: new Credential(message.token),
    })
  }

  return {
    start: () => {
      starting ??= start()
      return starting
    },
    reset: async () => {
      starting ??= start()
      const started = await starting
      if (!started.ok || !child) return started.ok ? err({ kind: 'offline' }) : started
      const done = answerOf(child)
      child.postMessage({ type: 'reset' })
      const message = await done
      return message?.type === 'reset-done' ? ok(undefined) : err({ kind: 'offline' })
    },
  }
}

/** The next message, or `undefined` when the process ends instead. */
function answerOf(child: UtilityProcess): Promise<v.InferOutput<typeof answer> | undefined> {
  return new Promise((resolve) => {
    child.once('message', (message: unknown) => {
      const parsed = v.safeParse(answer, message)
      resolve(parsed.success ? parsed.output : undefined)
    })
    child.once('exit', () => {
      resolve(undefined)
    })
  })
}
