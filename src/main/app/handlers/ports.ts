import type { NextDayAt } from '../../../shared/domain/pause-length'
import type { SectionRegistry } from '../../../shared/domain/sections/registry'
import type { AboutView, Settings } from '../../../shared/ipc/contract'
import type { Clock, Ids } from '../../../shared/sync/ports'
import type { AddedCertificates } from '../added-certificates'
import type { HandedFiles } from '../handed-files'
import type { Desktop, Preferences } from '../ports'
import type { WakeHint } from '../wake'
import type { Workspaces } from '../workspaces'

export interface HandlerPorts {
  readonly registry: SectionRegistry
  readonly workspaces: Workspaces
  readonly preferences: Preferences
  readonly desktop: Desktop
  readonly handed: HandedFiles
  readonly certificates: AddedCertificates
  readonly clock: Clock
  readonly ids: Ids
  readonly version: string
  readonly nextDayAt: NextDayAt
  readonly logFile: string
  readonly about: () => Promise<AboutView>
  /** What somebody who helps needs to know, as text. */
  readonly diagnostics: () => Promise<string>
  /** Something may have changed for the better. */
  readonly wake: (hint: WakeHint) => void
  /** Theme and text size have changed: the page and the system's parts follow. */
  readonly onSettings: (settings: Settings) => void
}
