import { parseArgs } from 'node:util'
import type { PlatformOptions } from './options'
import { startPlatform } from './platform'

const USAGE = `Options: --port N  --folder PATH  --generation current|legacy|both  --social twitter|x  --memories N
Prints one line of JSON (origin, org, username, token) and serves until it is stopped.
`

function readOptions(args: readonly string[]): PlatformOptions {
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

async function run(): Promise<void> {
  const platform = await startPlatform(readOptions(process.argv.slice(2)))
  const { origin, org, username, token } = platform
  process.stdout.write(`${JSON.stringify({ origin, org, username, token })}\n`)
  process.stderr.write(
    `The demo platform answers at ${origin} for ${username} in ${org}.\nStop it with Ctrl+C.\n`,
  )
  const stop = (): void => void platform.close().then(() => process.exit(0))
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}

run().catch((cause: unknown) => {
  const message = cause instanceof Error ? cause.message : String(cause)
  process.stderr.write(`${message}\n${USAGE}`)
  process.exitCode = 1
})
