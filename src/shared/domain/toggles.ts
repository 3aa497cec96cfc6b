import type { SectionId } from './ids'
import { memorySettings } from './sections/memory-settings'

/** A switch that the tray, the menus and the window share. */
export interface ToggleDescriptor {
  readonly id: string
  readonly label: string
  /** What follows when it is on, in one sentence. */
  readonly consequence: string
  /** A flag of a section, written through the outbox. */
  readonly section: SectionId
  readonly field: string
  /** Words for turning it off for a while. Absent: that is not offered. */
  readonly pause?: {
    readonly start: string
    readonly resume: string
    /** What follows is until when. */
    readonly isPaused: string
  }
}

export const toggles: readonly ToggleDescriptor[] = [
  {
    id: 'memory-learn',
    label: memorySettings.fields.learn.label,
    consequence: 'Agents may note what you tell them and add it to the list below.',
    section: memorySettings.id,
    field: 'learn',
    pause: {
      start: 'Pause learning',
      resume: 'Resume learning',
      isPaused: 'Learning is paused',
    },
  },
  {
    id: 'memory-use',
    label: memorySettings.fields.use.label,
    consequence: 'Agents may draw on the list below when they answer you.',
    section: memorySettings.id,
    field: 'use',
  },
]
