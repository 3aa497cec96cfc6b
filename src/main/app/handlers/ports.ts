import type { NextDayAt } from '../../../shared/domain/pause-length'
import type { SectionRegistry } from '../../../shared/domain/sections/registry'
import type { UpdateState } from '../../../shared/domain/updates'
import type { AboutView } from '../../../shared/ipc/app-views'
import type { Settings } from '../../../shared/ipc/contract'
import type { Clock, Ids } from '../../../shared/sync/ports'
import type { AddedCertificates } from '../added-certificates'
import type { DragOut } from '../drag-out'
import type { HandedFiles } from '../handed-files'
import type { Desktop, Preferences } from '../ports'
import type { Updates } from '../updates'
import type { WakeHint } from '../wake'
import type { Workspaces } from '../workspaces'

/** Loaded long after the window stands, or when the page asks. */
export interface LazyUpdates {
  readonly get: () => Promise<Updates>
  /** What is known without loading anything. */
  readonly known: () => UpdateState | undefined
}

export interface HandlerPorts {
  readonly registry: SectionRegistry
  readonly workspaces: Workspaces
  readonly preferences: Preferences
  readonly desktop: Desktop
  readonly handed: HandedFiles
  readonly dragOut: DragOut
  readonly certificates: AddedCertificates
  readonly clock: Clock
  readonly ids: Ids
  readonly version: string
  readonly nextDayAt: NextDayAt
  readonly logFile: string
  readonly about: () => Promise<AboutView>
  /** What somebody who helps needs to know, as text. */
  readonly diagnostics: () => Promise<string>
  readonly updates: LazyUpdates
  /** Something may have changed for the better. */
  readonly wake: (hint: WakeHint) => void
  /** Theme and text size have changed: the page and the system's parts follow. */
  readonly onSettings: (settings: Settings) => void
}
