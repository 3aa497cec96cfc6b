import type { WorkspaceId } from '../../shared/domain/ids'
import type { Workspace } from '../../shared/domain/workspace'
import type { Result } from '../../shared/errors'
import { ok } from '../../shared/result'
import type { Preferences } from './ports'

/** The list of configured workspaces, as the preferences hold it. */
export class KnownWorkspaces {
  readonly #preferences: Preferences

  constructor(preferences: Preferences) {
    this.#preferences = preferences
  }

  find(id: WorkspaceId | undefined): Workspace | undefined {
    return this.#all.find((workspace) => workspace.id === id)
  }

  /** Puts it last; a name that is not known this time stays as it was. */
  async add(workspace: Workspace): Promise<Result<Workspace>> {
    const known = this.find(workspace.id)
    const added = { ...workspace, personName: workspace.personName || (known?.personName ?? '') }
    const written = await this.#write([...this.#without(workspace.id), added])
    return written.ok ? ok(added) : written
  }

  /** `next` is the one to open instead. */
  async remove(
    id: WorkspaceId,
  ): Promise<{ readonly written: Result<void>; readonly next: Workspace | undefined }> {
    const rest = this.#without(id)
    return { written: await this.#write(rest), next: rest[0] }
  }

  /** The list shows people by the name that was read last. */
  rememberName(id: WorkspaceId | undefined, personName: string): void {
    const known = this.find(id)
    if (personName === '' || !known || known.personName === personName) return
    const named = { ...known, personName }
    void this.#write(this.#all.map((entry) => (entry === known ? named : entry)))
  }

  get #all(): readonly Workspace[] {
    return this.#preferences.read().workspaces
  }

  #without(id: WorkspaceId): readonly Workspace[] {
    return this.#all.filter((workspace) => workspace.id !== id)
  }

  #write(workspaces: readonly Workspace[]): Promise<Result<void>> {
    return this.#preferences.write({ workspaces })
  }
}
