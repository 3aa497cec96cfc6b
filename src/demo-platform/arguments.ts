import { parseArgs } from 'node:util'
import type { PlatformOptions } from './options'

export const USAGE = `Options: --port N  --folder PATH  --generation current|legacy|both  --social twitter|x  --memories N
Prints one line of JSON (origin, org, username, token) and serves until it is stopped.
`

export function readArguments(args: readonly string[]): PlatformOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      folder: { type: 'string' },
      generation: { type: 'string' },
      social: { type: 'string' },
      memories: { type: 'string' },
    },
  })
  return {
    ...(values.port === undefined ? {} : { port: wholeNumber('port', values.port) }),
    ...(values.folder === undefined ? {} : { folder: values.folder }),
    ...(values.memories === undefined
      ? {}
      : { memories: wholeNumber('memories', values.memories) }),
    keepRequests: 0,
    generation: oneOf('generation', values.generation ?? 'current', ['current', 'legacy', 'both']),
    social: oneOf('social', values.social ?? 'twitter', ['twitter', 'x']),
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (text === '' || !Number.isInteger(value) || value < 0)
    throw new Error(`--${name} takes a number, not "${text}".`)
  return value
}

function oneOf<const T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text)
  if (found === undefined)
    throw new Error(`--${name} takes ${allowed.join(' or ')}, not "${text}".`)
  return found
}
