import type { ToggleDescriptor } from '../domain/toggles'
import type { AppError } from '../errors'
import type { Mark } from './marks'
import type { SectionView } from './view'

/** A switch as window, menu and tray show it. */
export interface ToggleView {
  readonly isOn: boolean
  /** Whether the platform told a value, so that there is something to switch. */
  readonly isKnown: boolean
  readonly mark?: Mark
  /** Why the platform refused the last flip; the switch is back where it was. */
  readonly refusal?: AppError
  /** It is off until then, in epoch milliseconds, and on again afterwards. */
  readonly pausedUntil?: number
}

export function toggleView(
  view: SectionView | undefined,
  { field }: Pick<ToggleDescriptor, 'field'>,
): ToggleView {
  const item = view?.items[0]
  const mark = item?.marks[field]
  const value = mark === 'refused' ? item?.saved[field] : item?.values[field]
  const pause = view?.pause
  const isPaused = value === false && pause?.field === field
  return {
    isOn: value === true,
    isKnown: typeof value === 'boolean',
    ...(mark && { mark }),
    ...(mark === 'refused' && item?.error && { refusal: item.error }),
    ...(isPaused && { pausedUntil: pause.until }),
  }
}
