import { setTimeout as wait } from 'node:timers/promises'
import { hasOwner } from './session-bus.mjs'
import { isRunning } from './session-processes.mjs'

const secretService = 'org.freedesktop.secrets'
const password = 'only for this session'
const readyMs = 10_000
const lookMs = 25

/**
 * Starts GNOME's secret service on the session bus.
 * In: `unlocked` is ready for use; `locked` holds a login keyring nobody has opened; with `empty`
 * it has no keyring at all.
 * @returns the child process, ready to answer.
 */
export async function startKeyring(state, session) {
  if (state === 'locked')
    await startDaemon(['--unlock'], password, session).then((daemon) => endDaemon(daemon, session))
  return state === 'unlocked'
    ? startDaemon(['--unlock'], password, session)
    : startDaemon(['--start'], '', session)
}

async function startDaemon(args, input, { processes, env, identity }) {
  const line = [...args, '--foreground', '--components=secrets']
  const daemon = processes.start('gnome-keyring-daemon', line, {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.on('error', () => undefined).end(input)
  for (let waited = 0; waited < readyMs && isRunning(daemon); waited += lookMs) {
    if (await hasOwner(secretService, { env, identity })) return daemon
    await wait(lookMs)
  }
  throw new Error('The secret service (gnome-keyring-daemon) did not start.')
}

async function endDaemon(daemon, { env, identity }) {
  daemon.kill('SIGTERM')
  while (isRunning(daemon) || (await hasOwner(secretService, { env, identity }))) await wait(lookMs)
}
