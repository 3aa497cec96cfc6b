import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import * as v from 'valibot'
import type { AppError, Result } from '../../shared/errors'
import { channelOf, type Contract, type Endpoint } from '../../shared/ipc/define'
import { err } from '../../shared/result'
import type { Log } from '../../shared/sync/ports'
import { incomingFiles } from './incoming-files'

type Handler = (input: unknown, files: unknown) => Promise<Result<unknown>>

/** Handlers by group and name, as `Handlers<Contract>` types them. */
export type HandlerTable = Readonly<Record<string, Readonly<Record<string, unknown>>>>

export interface IpcSetup {
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly contract: Contract
  /** Resolves once the handlers exist: the page may ask before they do. */
  readonly handlers: Promise<HandlerTable>
  readonly isTrusted: (event: IpcMainInvokeEvent) => boolean
  readonly log: Log
  readonly now: () => number
}

/**
 * Opens one channel per question of the contract. In this order: check the sender, parse the input,
 * call the handler, answer a `Result`. Names, durations and error kinds are logged, values never.
 */
export function registerIpc(setup: IpcSetup): void {
  for (const [group, endpoints] of Object.entries(setup.contract)) {
    for (const [name, endpoint] of Object.entries(endpoints)) {
      if (endpoint.kind === 'event') continue
      const channel = channelOf(group, name)
      setup.ipcMain.handle(channel, async (event, input: unknown, files: unknown) => {
        const startedAt = setup.now()
        const outcome = isTrusted(setup, event)
          ? await answer(setup, { group, name, endpoint }, [input, files])
          : err(untrusted)
        const error = outcome.ok ? 'none' : outcome.error.kind
        setup.log.info('ipc', { channel, error, ms: Math.round(setup.now() - startedAt) })
        return outcome
      })
    }
  }
}

/** Looking at a frame that has just gone throws. */
function isTrusted(setup: IpcSetup, event: IpcMainInvokeEvent): boolean {
  try {
    return setup.isTrusted(event)
  } catch {
    return false
  }
}

const untrusted: AppError = { kind: 'unexpected', reference: 'untrusted-sender' }
const badInput: AppError = { kind: 'unexpected', reference: 'bad-input' }

interface Target {
  readonly group: string
  readonly name: string
  readonly endpoint: Exclude<Endpoint, { readonly kind: 'event' }>
}

async function answer(
  setup: IpcSetup,
  { group, name, endpoint }: Target,
  [input, files]: readonly [unknown, unknown],
): Promise<Result<unknown>> {
  try {
    const parsed = v.safeParse(endpoint.input, input)
    if (!parsed.success) return err(badInput)
    const given =
      endpoint.kind === 'invoke-with-files' ? v.safeParse(incomingFiles, files) : undefined
    if (given?.success === false) return err(badInput)
    const handler = handlerOf(await setup.handlers, group, name)
    return await handler(parsed.output, given?.output)
  } catch (cause) {
    return err({ kind: 'unexpected', reference: setup.log.error(`ipc ${group}.${name}`, cause) })
  }
}

/** The table is typed by the contract, so that the function is there is checked by the compiler. */
function handlerOf(table: HandlerTable, group: string, name: string): Handler {
  const handler = table[group]?.[name]
  if (typeof handler !== 'function') throw new Error(`no handler for ${channelOf(group, name)}`)
  return handler as Handler
}
