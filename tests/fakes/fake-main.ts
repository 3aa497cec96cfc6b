import * as v from 'valibot'
import { asItemId, asMutationId, asSectionId, asWorkspaceId } from '../../src/shared/domain/ids'
import { registry } from '../../src/shared/domain/sections/registry'
import type { Workspace } from '../../src/shared/domain/workspace'
import type { AppError, Result } from '../../src/shared/errors'
import { ipcContract, type IpcContract, type StartView } from '../../src/shared/ipc/contract'
import type { Client, Endpoint, MainEvent } from '../../src/shared/ipc/define'
import { err, ok } from '../../src/shared/result'
import type { PendingChange } from '../../src/shared/sync/status'
import type { ItemView, SectionView } from '../../src/shared/sync/view'

/** A partial of `T` that may also set an optional key to `undefined`. */
type Some<T> = { readonly [K in keyof T]?: T[K] }

export function aWorkspace(some: Some<Workspace> = {}): Workspace {
  return {
    id: asWorkspaceId('northwind-noor'),
    kind: 'account',
    org: 'northwind',
    username: 'noor.haddad',
    origins: { lms: 'https://api.iblai.app/lms', dm: 'https://api.iblai.app/dm' },
    personName: 'Noor Haddad',
    ...some,
  }
}

interface ItemParts extends Omit<Some<ItemView>, 'id' | 'mutation'> {
  readonly id?: string
  readonly mutation?: string
}

/** `saved` follows `values` unless given. */
export function anItem({ id = 'item-1', mutation, ...some }: ItemParts = {}): ItemView {
  return {
    values: {},
    saved: some.values ?? {},
    labels: {},
    marks: {},
    isNew: false,
    can: { update: true, delete: true },
    ...some,
    id: asItemId(id),
    ...(mutation !== undefined && { mutation: asMutationId(mutation) }),
  }
}

interface SectionParts extends Omit<Some<SectionView>, 'section' | 'readAt'> {
  readonly section?: string
  /** `undefined`: the section has never been read. */
  readonly readAt?: number | undefined
}

export function aSectionView({ section = 'basic', ...parts }: SectionParts = {}): SectionView {
  const { readAt, ...some } = { readAt: Date.UTC(2026, 10, 24, 12, 30), ...parts }
  return {
    ...(readAt !== undefined && { readAt }),
    read: { kind: 'idle' },
    items: [],
    facts: {},
    unsent: 0,
    total: some.items?.length ?? 0,
    ...some,
    section: asSectionId(section),
  }
}

interface PendingParts extends Omit<Some<PendingChange>, 'state'> {
  readonly state?: PendingChange['state']
}

export function aPendingChange(some: PendingParts = {}): PendingChange {
  return {
    id: 'mutation-1',
    section: 'basic',
    item: 'self',
    icon: 'user-round',
    op: 'update',
    title: 'Title',
    fields: ['Title'],
    editedAt: Date.UTC(2026, 10, 24, 12, 12),
    group: 'here',
    state: { kind: 'queued' },
    ...some,
  }
}

export function aStartView(some: Some<StartView> = {}): StartView {
  const workspace = aWorkspace()
  return {
    workspaces: {
      all: [workspace],
      current: workspace,
      person: { name: 'Noor Haddad' },
      credential: 'stored',
    },
    settings: { theme: 'system', textSize: 100, onClose: 'tray', looksForUpdates: true },
    status: { kind: 'saved', at: Date.UTC(2026, 10, 24, 12, 30) },
    sections: registry.all.map((section) => aSectionView({ section: section.id })),
    open: 'basic',
    pendingCount: 0,
    prefill: { org: '', username: '', address: '', hasToken: false, source: 'none' },
    version: '0.1.0',
    ...some,
  }
}

export interface Call {
  /** `group.endpoint` */
  readonly name: string
  readonly input: unknown
  readonly files: readonly File[]
}

type Answer = Result<unknown> | Promise<Result<unknown>>
type Answerer = (input: never, files: readonly File[]) => Answer

type Asked<C> = {
  [G in keyof C & string]: {
    [E in keyof C[G] & string]: C[G][E] extends { readonly kind: 'event' } ? never : `${G}.${E}`
  }[keyof C[G] & string]
}[keyof C & string]

type Told<C> = {
  [G in keyof C & string]: {
    [E in keyof C[G] & string]: C[G][E] extends { readonly kind: 'event' } ? `${G}.${E}` : never
  }[keyof C[G] & string]
}[keyof C & string]

type EndpointAt<Name> = Name extends `${infer G}.${infer E}`
  ? G extends keyof IpcContract
    ? E extends keyof IpcContract[G]
      ? IpcContract[G][E]
      : never
    : never
  : never

type OutputAt<Name> =
  EndpointAt<Name> extends { readonly output?: infer O } ? Exclude<O, undefined> : never
type PayloadAt<Name> = EndpointAt<Name> extends MainEvent<infer P> ? P : never
type Reply<T> = [T] extends [never] ? Result<void> : Result<T>

export type AskedName = Asked<IpcContract>
export type ToldName = Told<IpcContract>

/**
 * Main as the page sees it, in memory. Derived from the contract: an endpoint added there is here
 * too. Inputs are cloned and parsed as the real border does it, so that what could not cross fails.
 */
export class FakeMain {
  readonly client: Client<IpcContract, File>
  readonly calls: Call[] = []
  readonly #answers = new Map<string, Answerer>()
  readonly #listeners = new Map<string, Set<(payload: unknown) => void>>()
  #start: StartView
  #views: Map<string, SectionView>
  #lastId = 0

  constructor(start: StartView = aStartView(), views: readonly SectionView[] = []) {
    this.#start = start
    this.#views = new Map([...start.sections, ...views].map((view) => [view.section, view]))
    this.#answerAll()
    const groups = Object.entries(ipcContract).map(([group, endpoints]) => [
      group,
      Object.fromEntries(
        Object.entries<Endpoint>(endpoints).map(([name, endpoint]) => [
          name,
          this.#member(`${group}.${name}`, endpoint),
        ]),
      ),
    ])
    this.client = Object.fromEntries(groups) as Client<IpcContract, File>
  }

  /** Sets what one endpoint answers from now on. */
  answer<Name extends AskedName>(
    name: Name,
    answer:
      | Reply<OutputAt<Name>>
      | ((input: never) => Reply<OutputAt<Name>> | Promise<Reply<OutputAt<Name>>>),
  ): void {
    this.#answers.set(name, typeof answer === 'function' ? answer : () => answer)
  }

  fail(name: AskedName, error: AppError): void {
    this.#answers.set(name, () => err(error))
  }

  /** Leaves one endpoint unanswered until the returned function is called. */
  hold<Name extends AskedName>(name: Name): (reply: Reply<OutputAt<Name>>) => void {
    let release: (reply: Result<unknown>) => void = () => undefined
    const promise = new Promise<Result<unknown>>((resolve) => {
      release = resolve
    })
    this.#answers.set(name, () => promise)
    return (reply) => {
      release(reply)
    }
  }

  emit<Name extends ToldName>(name: Name, payload: PayloadAt<Name>): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(payload)
  }

  callsTo(name: AskedName): readonly Call[] {
    return this.calls.filter((call) => call.name === name)
  }

  inputOf(name: AskedName): unknown {
    return this.callsTo(name).at(-1)?.input
  }

  /** The number of listeners that were not taken back. */
  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }

  /** Changes a view and tells the page. */
  show(view: SectionView): void {
    this.#views.set(view.section, view)
    this.emit('section.changed', view)
  }

  #member(name: string, endpoint: Endpoint): unknown {
    if (endpoint.kind === 'event') {
      return (listener: (payload: unknown) => void) => {
        const listeners = this.#listeners.get(name) ?? new Set()
        this.#listeners.set(name, listeners.add(listener))
        return () => listeners.delete(listener)
      }
    }
    return async (input: unknown, files: readonly File[] = []) => {
      const parsed = v.parse(endpoint.input, structuredClone(input))
      this.calls.push({ name, input: parsed, files })
      const answerer = this.#answers.get(name)
      if (!answerer) throw new Error(`no answer for ${name}`)
      return answerer(parsed as never, files)
    }
  }

  #viewOf(section: string): SectionView {
    return this.#views.get(section) ?? aSectionView({ section })
  }

  #receipt(item: string): Result<unknown> {
    this.#lastId += 1
    return ok({ item, mutation: `mutation-${String(this.#lastId)}` })
  }

  #edit({ section, item, patch }: { section: string; item: string; patch: ItemView['values'] }) {
    const view = this.#viewOf(section)
    const marks = Object.fromEntries(Object.keys(patch).map((key) => [key, 'here' as const]))
    const items = view.items.map((entry): ItemView =>
      entry.id === item
        ? {
            ...withoutDraft(entry),
            values: { ...entry.values, ...patch },
            marks: { ...entry.marks, ...marks },
            mark: 'here',
          }
        : entry,
    )
    this.show({ ...view, items, mark: 'here', unsent: view.unsent + 1 })
    return this.#receipt(item)
  }

  #create({ section, values }: { section: string; values: ItemView['values'] }) {
    const view = this.#viewOf(section)
    const id = `local:${String(this.#lastId + 1)}`
    const item = anItem({ id, values, saved: {}, isNew: true, mark: 'here' })
    const items = [item, ...view.items]
    this.show({ ...view, items, total: items.length, mark: 'here', unsent: view.unsent + 1 })
    return this.#receipt(id)
  }

  #remove({ section, item }: { section: string; item: string }) {
    const view = this.#viewOf(section)
    const items = view.items.filter((entry) => entry.id !== item)
    this.show({ ...view, items, total: items.length, mark: 'here', unsent: view.unsent + 1 })
    return this.#receipt(item)
  }

  #page({ section, offset, limit }: { section: string; offset: number; limit: number }) {
    const { items } = this.#viewOf(section)
    return ok({ total: items.length, offset, items: items.slice(offset, offset + limit) })
  }

  #answerAll(): void {
    const nothing = () => ok(undefined)
    const workspace = () => ok(this.#start.workspaces.current ?? aWorkspace())
    const answers: Readonly<Record<AskedName, Answerer>> = {
      'app.start': () => ok(this.#start),
      'app.networkBack': nothing,
      'resume.prepareDrag': nothing,
      'resume.drag': () => ok({ hasBegun: true }),
      'resume.takeHanded': () => ok({ item: 'self', mutation: 'm-1' }),
      'app.desktop': () => ok({ hasTray: true }),
      'app.startAtLogin': ({ isOn }: { readonly isOn: boolean }) =>
        ok({ hasTray: true, startsAtLogin: isOn }),
      'app.openLink': nothing,
      'app.about': () =>
        ok({ electron: '33.2.1', chromium: '130.0', node: '20.18.1', system: 'linux x64 6.1' }),
      'app.showLogs': nothing,
      'app.copyDiagnostics': nothing,
      'app.update': () => ok({ kind: 'idle' }),
      'app.checkForUpdates': () => ok({ kind: 'idle', checkedAt: Date.UTC(2026, 10, 24, 12, 30) }),
      'app.restartToUpdate': () => ok({ kind: 'restarting' }),
      'app.setSettings': (change: object) => {
        this.#start = { ...this.#start, settings: { ...this.#start.settings, ...change } }
        return ok(this.#start.settings)
      },
      'workspace.probe': () => ok({ services: [], sections: [], keychain: 'stored' }),
      'workspace.connect': workspace,
      'workspace.readEnvFile': () => ok(this.#start.prefill),
      'workspace.chooseEnvFile': () => ok(this.#start.prefill),
      'workspace.openDemo': workspace,
      'workspace.resetDemo': nothing,
      'workspace.switchTo': nothing,
      'workspace.unsent': () => ok([]),
      'workspace.exportUnsent': () => ok({ saved: true }),
      'workspace.signOut': nothing,
      'workspace.retryKeychain': () => ok('stored'),
      'workspace.renewToken': nothing,
      'workspace.removeToken': nothing,
      'network.certificates': () => ok({ names: [] }),
      'network.chooseCertificates': () => ok({ file: 'office.pem', names: ['Office Root'] }),
      'network.removeCertificates': () => ok({ names: [] }),
      'section.view': ({ section }: { section: string }) => ok(this.#viewOf(section)),
      'section.page': (input: { section: string; offset: number; limit: number }) =>
        this.#page(input),
      'section.refresh': nothing,
      'section.edit': (input: { section: string; item: string; patch: ItemView['values'] }) =>
        this.#edit(input),
      'section.create': (input: { section: string; values: ItemView['values'] }) =>
        this.#create(input),
      'section.remove': (input: { section: string; item: string }) => this.#remove(input),
      'section.saveDraft': nothing,
      'section.opened': nothing,
      'toggle.pause': nothing,
      'toggle.resume': nothing,
      'pending.list': () => ok([]),
      'pending.retry': nothing,
      'pending.undo': nothing,
      'pending.resolve': nothing,
      'history.list': () => ok({ total: 0, offset: 0, lines: [] }),
      'history.restore': () => err({ kind: 'not-found' }),
      'history.clear': nothing,
      'resume.upload': () => this.#receipt('self'),
      'resume.choose': () => ok({ chosen: true }),
      'resume.download': () => ok({ saved: true }),
      'photo.set': () => this.#receipt('self'),
      'photo.remove': () => this.#receipt('self'),
    }
    for (const [name, answerer] of Object.entries(answers)) this.#answers.set(name, answerer)
  }
}

function withoutDraft(item: ItemView): ItemView {
  const { draft, ...rest } = item
  return draft ? rest : item
}
