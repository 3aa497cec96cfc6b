import { readArguments, USAGE } from './arguments'
import { startPlatform } from './platform'

async function run(): Promise<void> {
  const platform = await startPlatform(readArguments(process.argv.slice(2)))
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
