import { isRecord } from './json'
import { type Platform, startPlatform } from './platform'

/** The part of Electron's parent port that is used here. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void
  postMessage(message: UtilityMessage): void
}

export type UtilityMessage =
  | {
      readonly type: 'ready'
      readonly origin: string
      readonly org: string
      readonly username: string
      readonly token: string
    }
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'reset-done' }

/** Nobody looks at the log here, and it would hold what a person typed. */
const QUIET = { keepRequests: 0 }

/** Answers `start`, `reset` and `stop` in the order they come in. */
export function serveParent(port: ParentPort, exit: (code: number) => void): void {
  let platform: Platform | undefined
  let turn = Promise.resolve()
  const start = async (folder: unknown): Promise<void> => {
    platform ??= await startPlatform({
      ...QUIET,
      ...(typeof folder === 'string' ? { folder } : {}),
    })
    const { origin, org, username, token } = platform
    port.postMessage({ type: 'ready', origin, org, username, token })
  }
  const stop = async (): Promise<void> => {
    await platform?.close()
    exit(0)
  }
  const act = async (message: unknown): Promise<void> => {
    if (!isRecord(message)) return
    if (message['type'] === 'start') await start(message['folder'])
    if (message['type'] === 'stop') await stop()
    if (message['type'] === 'reset' && platform !== undefined) {
      platform.reset()
      port.postMessage({ type: 'reset-done' })
    }
  }
  port.on('message', ({ data }) => {
    turn = turn
      .then(() => act(data))
      .catch((cause: unknown) => {
        port.postMessage({
          type: 'failed',
          message: cause instanceof Error ? cause.message : String(cause),
        })
      })
  })
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value
}

/** Electron adds this to the process object of a utility process, and only there. */
const parentPort: unknown = 'parentPort' in process ? process.parentPort : undefined
if (isParentPort(parentPort)) serveParent(parentPort, (code) => process.exit(code))
