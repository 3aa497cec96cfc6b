import type { HistoryLine } from '../../../../shared/sync/history-view'
import { dayText } from '../../../../shared/text/times'

export interface HistoryDay {
  readonly heading: string
  readonly lines: readonly HistoryLine[]
}

/** The lines by day, in their order. */
export function historyDays(lines: readonly HistoryLine[], now: number): readonly HistoryDay[] {
  const days = new Map<string, HistoryLine[]>()
  for (const line of lines) {
    const day = dayText(line.at, now)
    const heading = day.charAt(0).toUpperCase() + day.slice(1)
    days.set(heading, [...(days.get(heading) ?? []), line])
  }
  return [...days].map(([heading, found]) => ({ heading, lines: found }))
}
