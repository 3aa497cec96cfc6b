import { join } from 'node:path'
import { inProject } from '../../scripts/lib/paths.mjs'
import { startAskedProcess } from '../lib/asked-process.mjs'
import { bundleParts } from '../lib/bundle-parts.mjs'

/**
 * The processes that the engine's figures need, made when they are first asked for: one that runs
 * the engine with the Node the app's main process has, and the platform.
 */
export async function withEngine(session, use) {
  const folder = join(session.folder, 'engine')
  const bundle = await bundleParts(['engine', 'parts.mjs'], join(session.folder, 'engine-code'))
  const running = []
  const start = async (script, how) => {
    const started = await startAskedProcess(inProject('bench', 'engine', script), [bundle], how)
    running.push(started)
    return started
  }
  try {
    return await use({
      folder,
      startEngine: () => start('worker.mjs', session.asNode()),
      startServer: () => start('server.mjs', { execPath: process.execPath, env: session.env }),
    })
  } finally {
    for (const { end } of running) await end()
  }
}
