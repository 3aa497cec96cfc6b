import { startPlatform, type Platform } from '../../src/demo-platform/platform'
import type { PlatformState } from '../../src/demo-platform/store/state'
import { createHttpClient } from '../../src/main/adapters/http/http-client'
import type { HttpClient } from '../../src/main/adapters/http/requests'
import type { ProfileScope, ResourceApi } from '../../src/main/adapters/http/resource-api'
import { createHttpSectionApi } from '../../src/main/adapters/http/section-api'
import { createOf, deleteOf, updateOf } from '../../src/main/app/edits'
import { createSyncEngine, type SyncEngine } from '../../src/main/app/sync-engine'
import { asItemId, selfItemId, type MutationId } from '../../src/shared/domain/ids'
import { registry } from '../../src/shared/domain/sections/registry'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { AppError, Result } from '../../src/shared/errors'
import { ok } from '../../src/shared/result'
import type { JournalRecord } from '../../src/shared/sync/ports'
import { emptyState, type Mutation } from '../../src/shared/sync/state'
import { MemoryLog } from '../fakes/main-clock'
import { MemorySpool, valueOf } from '../fakes/http-profile'
import { startTlsFront } from './loopback'
import { Network } from './network'
import type { Act } from './operation'
import { VirtualClock } from './virtual-clock'

/** A platform, and the app’s own adapter and engine in front of it. */
export interface World {
  readonly platform: Platform
  readonly network: Network
  readonly clock: VirtualClock
  readonly client: HttpClient
  readonly scope: ProfileScope
  readonly api: ResourceApi
  readonly engine: SyncEngine
  readonly journal: readonly JournalRecord[]
  readonly spool: MemorySpool
  readonly log: MemoryLog
  /** Failures, oldest first, by section. */
  readonly failures: readonly { readonly section: AnySection; readonly error: AppError }[]
  /** Lets time pass until then or until it is so, whichever is sooner. */
  readonly pass: (forMs: number, until: () => boolean) => Promise<void>
  readonly edit: (section: AnySection, edit: Edit) => Promise<MutationId>
  /** Reads a section while nothing is wrong; a busy machine may need more than one try. */
  readonly read: (section: AnySection) => Promise<boolean>
  readonly close: () => Promise<void>
}

type Edit = Extract<Act, { readonly kind: 'write' }>['edit']

/** Shorter than in production; the clock is moved by what they stand for. */
const timeouts = { connectMs: 700, headersMs: 700, bodyIdleMs: 700, uploadIdleMs: 60_000 }

export async function openWorld({ isTls }: { readonly isTls: boolean }): Promise<World> {
  const clock = new VirtualClock()
  const network = new Network(clock)
  const commitLater = (ms: number, act: () => void) => void clock.after(ms, act)
  const platform = await startPlatform({ now: clock.now, memories: 5, commitLater })
  const platformPort = Number(new URL(platform.origin).port)
  const front = isTls ? await startTlsFront(platformPort) : undefined
  const address = (name: string) =>
    `${isTls ? 'https' : 'http'}://${name}.localhost:${front?.port ?? platformPort}/${name}`
  const credential = { reveal: () => platform.token }
  const client = createHttpClient({
    origins: { lms: address('lms'), dm: address('dm') },
    credential: { lms: () => credential, dm: () => credential },
    clock,
    random: () => 0.5,
    timeouts,
    agent: network.makeAgent,
  })
  const spool = new MemorySpool()
  const { org, username } = platform
  const scope = { client, org, username, spool, clock }
  const api = createHttpSectionApi(scope)
  const app = startEngine(api, clock)
  return {
    platform,
    network,
    clock,
    client,
    scope,
    api,
    spool,
    ...app,
    pass: (forMs, until) => pass({ clock, network }, forMs, until),
    read: (section) => readWell(app.engine, section),
    edit: (section, edit) => makeEdit({ clock, spool, engine: app.engine }, section, edit),
    close: async () => {
      app.engine.stop()
      await client.close()
      front?.close()
      await platform.close()
    },
  }
}

function startEngine(api: ResourceApi, clock: VirtualClock) {
  const journal: JournalRecord[] = []
  const failures: { section: AnySection; error: AppError }[] = []
  const log = new MemoryLog()
  const noted = async <T>(section: AnySection, work: Promise<Result<T>>) => {
    const result = await work
    if (!result.ok) failures.push({ section, error: result.error })
    return result
  }
  const engine = createSyncEngine(
    emptyState(clock.now()),
    {
      registry,
      clock,
      random: () => 0.5,
      log,
      api: () =>
        Promise.resolve(
          ok({
            ...api,
            pull: (section, signal) => noted(section, api.pull(section, signal)),
            create: (section, ...rest) => noted(section, api.create(section, ...rest)),
            update: (section, ...rest) => noted(section, api.update(section, ...rest)),
            remove: (section, ...rest) => noted(section, api.remove(section, ...rest)),
          }),
        ),
      store: {
        append: (records) => {
          journal.push(...records)
          return Promise.resolve(ok(undefined))
        },
        saveSnapshot: () => Promise.resolve(ok(undefined)),
      },
    },
    { onSection: () => undefined, onStatus: () => undefined },
  )
  return { engine, journal, failures, log }
}

async function pass(
  { clock, network }: Pick<World, 'clock' | 'network'>,
  forMs: number,
  until: () => boolean,
): Promise<void> {
  const end = clock.now() + forMs
  for (;;) {
    await network.quiet()
    if (until()) return
    const next = clock.nextAt
    if (clock.now() >= end) return
    clock.moveTo(Math.min(end, next ?? end))
  }
}

async function readWell(engine: SyncEngine, section: AnySection): Promise<boolean> {
  for (let tried = 0; tried < 10; tried += 1) {
    await engine.refresh(section.id)
    if (engine.state().reads.get(section.id)?.kind === 'idle') return true
  }
  return false
}

async function makeEdit(
  { clock, spool, engine }: Pick<World, 'clock' | 'spool' | 'engine'>,
  section: AnySection,
  edit: Edit,
): Promise<MutationId> {
  const state = engine.state()
  const moment = { now: clock.now(), unique: `${section.id}-${edit.op}-${state.outbox.length}` }
  const mutation = valueOf<Mutation>(
    edit.op === 'create'
      ? createOf(section, state, edit.values, moment)
      : edit.op === 'delete'
        ? deleteOf(section, state, asItemId(edit.item), moment)
        : edit.op === 'file'
          ? updateOf(
              section,
              state,
              {
                item: selfItemId,
                patch: { [edit.field]: spool.add(edit.name, edit.bytes, edit.type) },
              },
              moment,
            )
          : updateOf(section, state, { item: asItemId(edit.item), patch: edit.patch }, moment),
  )
  valueOf(await engine.dispatch({ type: 'edited', mutation }))
  return mutation.id
}

/** Records of every kind, so that one too many shows wherever it is. */
export function recordCount({ career, memories, resumes }: PlatformState): number {
  const lists = [...Object.values(career), memories, ...resumes.map(({ files }) => files)]
  return lists.reduce((sum, list) => sum + list.length, 0)
}
