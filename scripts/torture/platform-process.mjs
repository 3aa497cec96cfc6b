import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { inProject } from '../lib/paths.mjs'

/**
 * The embedded platform in a process of its own, keeping everything in `folder`.
 * @returns its address and person, `state()` (what it has stored), `file(blob)` and `end()`.
 */
export async function startPlatformProcess({ folder, memories }) {
  const script = inProject('out', 'main', 'demo-platform.js')
  const args = [script, '--folder', folder, '--memories', String(memories)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] })
  const lines = createInterface({ input: child.stdout })
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => {
      throw new Error('The embedded platform did not start.')
    }),
  ])
  return {
    ...JSON.parse(line),
    state: () => JSON.parse(readFileSync(join(folder, 'platform.json'), 'utf8')),
    file: (blob) => {
      const path = join(folder, 'files', blob)
      return existsSync(path) ? readFileSync(path) : undefined
    },
    end: async () => {
      if (child.exitCode !== null) return
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
