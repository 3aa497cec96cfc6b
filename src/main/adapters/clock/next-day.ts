import type { NextDayAt } from '../../../shared/domain/pause-length'

/** In the zone the computer is set to; where the hour does not exist that day, the one after it. */
export const nextDayAt: NextDayAt = (hour, now) => {
  const today = new Date(now)
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, hour).getTime()
}
