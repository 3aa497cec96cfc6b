import type { LazyUpdates } from '../../src/main/app/handlers/ports'
import { Updates, type UpdatePorts } from '../../src/main/app/updates'

/** Updates as in a copy from source: off. */
export function updatesOff(ports: Pick<UpdatePorts, 'clock' | 'log' | 'preferences'>): LazyUpdates {
  const updates = new Updates({
    ...ports,
    source: 'development',
    random: () => 0.5,
    unsent: () => ({ edits: 0, drafts: 0, isUploading: false }),
    onState: () => undefined,
  })
  return { get: () => Promise.resolve(updates), known: () => updates.state }
}
