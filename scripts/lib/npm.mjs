import { runOrThrow } from './child.mjs'

/**
 * Runs npm: the one that started us, or the one on the path. Rejects with its last lines when it
 * fails.
 */
export function npm(args, options = {}) {
  const script = process.env.npm_execpath
  if (script?.endsWith('.js')) return runOrThrow(process.execPath, [script, ...args], options)
  const isWindows = process.platform === 'win32'
  return runOrThrow(isWindows ? 'npm.cmd' : 'npm', args, { ...options, shell: isWindows })
}
