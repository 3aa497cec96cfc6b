import type { ToggleDescriptor } from '../domain/toggles'
import { whenText } from './times'

/** "Learning is paused until 15:30". */
export const pausedText = (
  { isPaused }: NonNullable<ToggleDescriptor['pause']>,
  until: number,
  now: number,
): string => `${isPaused} until ${whenText(until, now)}`
