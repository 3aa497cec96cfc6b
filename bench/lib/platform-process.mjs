import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { endProcess } from './end-process.mjs'
import { firstJsonLine } from './json-lines.mjs'

/**
 * The embedded platform as a server of its own, on loopback.
 * @returns `{ target: { origin, org, username, token }, end }`
 */
export async function startPlatformProcess({ app, env }) {
  const script = join(app, 'out', 'main', 'demo-platform.js')
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  return { target: await firstJsonLine(child), end: () => endProcess(child) }
}
