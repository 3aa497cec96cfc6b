import { parseArgs } from 'node:util'

/** @returns `{ only, pairs }`: which groups of figures to take, and how many pairs to keep. */
export function readArguments(args, groups) {
  const { values } = parseArgs({
    args,
    options: { only: { type: 'string' }, pairs: { type: 'string', default: '20' } },
  })
  const only = values.only?.split(',') ?? groups
  const unknown = only.filter((name) => !groups.includes(name))
  if (unknown.length > 0)
    throw new Error(`No such figure: ${unknown.join(', ')}. There are: ${groups.join(', ')}.`)
  const pairs = Number(values.pairs)
  if (!Number.isInteger(pairs) || pairs < 1)
    throw new Error(`--pairs takes a whole number from 1, not "${values.pairs}".`)
  return { only, pairs }
}
