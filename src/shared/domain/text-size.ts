/** Percent. */
const smallest = 90
const largest = 150
const usual = 100
const step = 10

export type TextSizeChange = 'larger' | 'smaller' | 'usual'

/** The text size after one step, within its limits. */
export function changedTextSize(size: number, change: TextSizeChange): number {
  if (change === 'usual') return usual
  return change === 'larger' ? Math.min(largest, size + step) : Math.max(smallest, size - step)
}
