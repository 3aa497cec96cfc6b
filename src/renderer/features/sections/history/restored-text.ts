import type { RestoreReceipt } from '../../../../shared/ipc/contract'
import type { HistoryLine } from '../../../../shared/sync/history-view'

/** What the notice says after a value was brought back. */
export function restoredText({ title }: HistoryLine, { kind }: RestoreReceipt): string {
  switch (kind) {
    case 'edit':
      return `Restored “${title}”`
    case 'record':
      return `Added “${title}” again`
    case 'draft':
      return `“${title}” is in the form. Look through it and save.`
  }
}
