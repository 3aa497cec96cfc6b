import { parseArgs } from 'node:util'

/**
 * @returns `{ only, pairs, minutes }`: which groups of figures to take, how many pairs to keep, how
 * long to look at what takes its time. `onDemand` are taken only when they are named.
 */
export function readArguments(args, groups, onDemand) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      pairs: { type: 'string', default: '20' },
      minutes: { type: 'string', default: '30' },
    },
  })
  const only = values.only?.split(',') ?? groups.filter((name) => !onDemand.includes(name))
  const unknown = only.filter((name) => !groups.includes(name))
  if (unknown.length > 0)
    throw new Error(`No such figure: ${unknown.join(', ')}. There are: ${groups.join(', ')}.`)
  const pairs = Number(values.pairs)
  if (!Number.isInteger(pairs) || pairs < 1)
    throw new Error(`--pairs takes a whole number from 1, not "${values.pairs}".`)
  const minutes = Number(values.minutes)
  if (!(minutes > 0)) throw new Error(`--minutes takes a number above 0, not "${values.minutes}".`)
  return { only, pairs, minutes }
}
