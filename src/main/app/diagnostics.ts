import type { AppError } from '../../shared/errors'
import type { AnySection } from '../../shared/domain/sections/section'
import type { CredentialState, Workspace } from '../../shared/domain/workspace'
import { syncStatus } from '../../shared/sync/status'
import type { SyncState } from '../../shared/sync/state'
import type { AboutView } from '../../shared/ipc/app-views'
import type { AddedCertificates } from './added-certificates'
import type { CredentialStore } from './ports'
import type { HandlerPorts } from './handlers/ports'
import { sectionHead } from './publisher'
import type { RecentError } from './recent-errors'

export interface SystemFacts extends AboutView {
  readonly app: string
  readonly isPackaged: boolean
}

export type DiagnosticsPorts = Pick<
  HandlerPorts,
  'registry' | 'workspaces' | 'preferences' | 'clock' | 'desktop'
> & {
  readonly certificates: Pick<AddedCertificates, 'view'>
  readonly keychain: Pick<CredentialStore, 'check'>
  readonly system: SystemFacts
  readonly recentErrors: () => readonly RecentError[]
}

/**
 * What somebody who helps needs to know, as plain text: versions, states and counts. No name, no
 * value, no token, no path; a host only if it is one of ibl.ai’s own.
 */
export async function diagnostics(ports: DiagnosticsPorts): Promise<string> {
  const [keychain, desktop, certificates] = await Promise.all([
    ports.keychain.check(),
    ports.desktop.facts(),
    ports.certificates.view(),
  ])
  const { app, electron, chromium, node, system, isPackaged } = ports.system
  const { theme, textSize, onClose, looksForUpdates } = ports.preferences.read().settings
  const added = certificates.problem
    ? errorWords(certificates.problem)
    : certificates.names.length.toString()
  const lines = [
    `ibl.ai Profile ${app}${isPackaged ? '' : ', from source'}`,
    `Electron ${electron}, Chromium ${chromium}, Node ${node}`,
    system,
    `Keychain: ${keychain.ok ? 'answers' : errorWords(keychain.error)}`,
    `Tray: ${desktop.hasTray ? 'there' : 'none'}; starts at login: ${wordOf(desktop.startsAtLogin)}`,
    `Settings: theme ${theme}, text ${textSize} %, closing ${onClose}, updates ${looksForUpdates ? 'looked for' : 'on demand'}, added certificates ${added}`,
    ...workspaceLines(ports),
    ...recentLines(ports.recentErrors(), ports.clock.now()),
  ]
  return `${lines.join('\n')}\n`
}

function workspaceLines(ports: DiagnosticsPorts): readonly string[] {
  const { all, credential, ownTokens = {} } = ports.workspaces.view()
  const demos = all.filter(({ kind }) => kind === 'demo').length
  const count = `Workspaces: ${all.length}, of these demo: ${demos}`
  const { session } = ports.workspaces
  if (!session) return [count, 'None is open.']
  const state = session.engine.state()
  const own = Object.entries(ownTokens).map(([service, kept]) => `${service} ${kept}`)
  return [
    count,
    `Open: ${placeOf(session.workspace)}; token ${tokenWords(credential)}; second tokens: ${listed(own)}`,
    statusLine(state),
    'Sections:',
    ...ports.registry.all.map((section) => sectionLine(section, state, ports.clock.now())),
  ]
}

function placeOf({ kind, origins }: Workspace): string {
  if (kind === 'demo') return 'demo'
  const hosts = [...new Set([origins.lms, origins.dm].map((origin) => new URL(origin).hostname))]
  return hosts.map((host) => (isOurs(host) ? host : 'a host of its own')).join(' and ')
}

const isOurs = (host: string): boolean => /(^|\.)(iblai\.app|iblai\.org|ibl\.ai)$/.test(host)

const tokenWords = (credential: CredentialState): string =>
  typeof credential === 'string' ? credential : `keychain/${credential.unavailable}`

function statusLine(state: SyncState): string {
  const status = syncStatus(state)
  const counts = new Map<string, number>()
  for (const { state: stands } of state.outbox) {
    const what = 'error' in stands ? `${stands.kind} by ${errorWords(stands.error)}` : stands.kind
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  const edits = [...counts].map(([what, count]) => `${count} ${what}`)
  const drafts = state.drafts.size
  return `Status: ${status.kind}; edits: ${listed(edits)}; drafts: ${drafts}; history: ${state.history.length}`
}

function sectionLine(section: AnySection, state: SyncState, now: number): string {
  const { read, readAt, total, unsent } = sectionHead(section, state)
  const how = read.kind === 'failed' ? `failed ${errorWords(read.error)}` : read.kind
  const age = readAt === undefined ? 'never read' : `${ageText(now - readAt)} old`
  return `  ${section.id}: ${how}, ${age}, ${total} records, ${unsent} unsent`
}

function recentLines(errors: readonly RecentError[], now: number): readonly string[] {
  if (errors.length === 0) return ['Failures since the start: none']
  return ['Last failures:', ...errors.map(({ at, what }) => `  ${ageText(now - at)} ago: ${what}`)]
}

/** Kind and reason, e.g. `offline/tls/expired`, without what a server or a person said. */
function errorWords(error: AppError): string {
  const parts: (string | number | undefined)[] = [error.kind]
  if ('reason' in error) parts.push(error.reason)
  if (error.kind === 'offline') parts.push(error.certificate, error.proxy?.trouble)
  if ('service' in error) parts.push(error.service)
  if ('status' in error) parts.push(error.status)
  return parts.filter((part) => part !== undefined).join('/')
}

const listed = (parts: readonly string[]): string =>
  parts.length === 0 ? 'none' : parts.join(', ')

const wordOf = (isOn: boolean | undefined): string =>
  isOn === undefined ? 'not offered' : isOn ? 'yes' : 'no'

const ageText = (ms: number): string => `${Math.round(ms / 1_000)} s`
