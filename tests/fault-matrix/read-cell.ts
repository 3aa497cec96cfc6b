import { downloadBytes } from '../../src/main/adapters/http/files'
import { withoutRetry } from '../../src/main/adapters/http/http-client'
import { probe } from '../../src/main/adapters/http/probe'
import { resumeFileUrl } from '../../src/main/adapters/http/resume-wire'
import { createHttpSectionApi } from '../../src/main/adapters/http/section-api'
import { registry } from '../../src/shared/domain/sections/registry'
import { selfItemId } from '../../src/shared/domain/ids'
import type { Values } from '../../src/shared/domain/values'
import type { AppError, Result } from '../../src/shared/errors'
import { err, ok } from '../../src/shared/result'
import { draftKey } from '../../src/shared/sync/state'
import { beginFault, endFault, ownRequests, type Cell, type Observed } from './cell'
import { checkSentence } from './sentence'
import { startNeighbour } from './neighbour'

const { signal } = new AbortController()

/** Reads well, reads while the fault lasts, reads again. */
export async function actOnRead(cell: Cell): Promise<Omit<Observed, 'broken'>> {
  const { world, operation, check } = cell
  check('reads before', await world.read(operation.section))
  const neighbour = await startNeighbour(cell)
  await typeSomething(cell)
  const before = copyOf(cell)
  const from = { own: ownRequests(cell).length, all: world.network.sent.length }
  beginFault(cell)
  const neighbouring = neighbour.edit()
  const during = await ask(cell)
  await neighbouring
  await world.pass(longMs, neighbour.isDone)
  check('the neighbour goes on', neighbour.mayStand || neighbour.isDone())
  check('the copy stays', during.ok || copyOf(cell) === before)
  const isWhole = copyOf(cell) === before
  const own = ownRequests(cell).length - from.own
  const all = world.network.sent.length - from.all
  check('few requests', own <= (cell.row.at.kind === 'offline' ? mostProbes : mostReads))
  endFault(cell)
  await neighbour.recover()
  const again = (await ask(cell)).ok || (await ask(cell)).ok
  const isRead = again && (await world.read(operation.section))
  check('reads after', isRead && copyOf(cell) === before)
  check(
    'the draft is kept',
    world.engine.state().drafts.has(draftKey(operation.section.id, draftItem)),
  )
  const error = during.ok ? undefined : during.error
  if (error) checkSentence(cell, error, operation.act.kind === 'connect' ? 'connect' : 'read')
  return { word: !during.ok ? 'fails' : isWhole ? 'fine' : 'less', error, own, all }
}

/** The adapter tries a read three times, and a section is made of a few documents. */
const mostReads = 6
/** While nothing answers, the app asks now and then whether something does. */
const mostProbes = 40
const longMs = 4 * 60_000
const draftItem = selfItemId

async function typeSomething({ world, operation: { section } }: Cell): Promise<void> {
  const draft = { section: section.id, item: draftItem, values: {}, savedAt: world.clock.now() }
  await world.engine.dispatch({ type: 'draft-saved', draft })
}

/** What the copy shows; addresses of files differ with every read and are no value. */
function copyOf({ world, operation }: Cell): string {
  const items = world.engine.state().snapshots.get(operation.section.id)?.items ?? []
  return JSON.stringify(
    items.map(({ id, values }) => `${id} ${JSON.stringify(withoutAddresses(values))}`).sort(),
  )
}

const withoutAddresses = (values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([key]) => key !== 'photo'))

async function ask(cell: Cell): Promise<Result<unknown>> {
  const { world, operation } = cell
  const asked = { answer: undefined as Result<unknown> | undefined }
  void answerOf(cell).then((answer) => {
    asked.answer = answer
  })
  await world.pass(2 * 60 * 60_000, () => asked.answer !== undefined)
  return asked.answer ?? err({ kind: 'unexpected', reference: `${operation.id} never ends` })
}

function answerOf(cell: Cell): Promise<Result<unknown>> {
  switch (cell.operation.act.kind) {
    case 'download':
      return download(cell)
    case 'connect':
      return connect(cell)
    default:
      return refresh(cell)
  }
}

async function refresh({ world, operation: { section } }: Cell): Promise<Result<void>> {
  await world.engine.refresh(section.id)
  const read = world.engine.state().reads.get(section.id)
  return read?.kind === 'failed' ? err(read.error) : ok(undefined)
}

async function download({ world, operation: { section } }: Cell): Promise<Result<unknown>> {
  const pulled = await world.api.pull(section, signal)
  if (!pulled.ok) return pulled
  const [item] = pulled.value.items
  const url = (item && resumeFileUrl(item)) ?? ''
  return downloadBytes(world.client, { url, maxBytes: 16_000_000, signal })
}

async function connect({ world, operation: { service } }: Cell): Promise<Result<unknown>> {
  const scope = { ...world.scope, client: withoutRetry(world.client) }
  const target = { scope, api: createHttpSectionApi(scope), sections: registry.shown }
  const { services } = await probe(target, signal)
  const report = services.find((entry) => entry.service === service)
  const error: AppError = report?.error ?? { kind: 'unexpected', reference: 'no reason given' }
  return report?.isAccepted === true ? ok(undefined) : err(error)
}
