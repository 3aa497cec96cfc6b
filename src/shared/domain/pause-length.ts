/** How long a switch can be turned off for. */
export const pauseLengths = ['hour', 'tomorrow'] as const
export type PauseLength = (typeof pauseLengths)[number]

const hourMs = 3_600_000
const morningHour = 8

export const pauseLengthWords: Readonly<Record<PauseLength, string>> = {
  hour: 'For one hour',
  tomorrow: `Until tomorrow, ${String(morningHour).padStart(2, '0')}:00`,
}

/** The moment at which it is this hour on the day after `now`, where the computer is. */
export type NextDayAt = (hour: number, now: number) => number

/** When a pause that begins now is over. In and out: milliseconds since 1970. */
export const pauseUntil = (length: PauseLength, now: number, nextDayAt: NextDayAt): number =>
  length === 'hour' ? now + hourMs : nextDayAt(morningHour, now)
