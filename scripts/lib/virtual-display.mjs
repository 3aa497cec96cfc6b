import { randomBytes } from 'node:crypto'
import { firstLine } from './session-processes.mjs'

const displayNumberFd = 3
const anyHost = 0xffff

/**
 * Starts an X server without a screen. It picks a free display number itself, so two can start at
 * once.
 * @returns the environment to reach it: DISPLAY and XAUTHORITY.
 */
export async function startVirtualDisplay({ processes, folder, env, screen }) {
  const record = authorityRecord(randomBytes(16))
  const authority = folder.file(env.XDG_RUNTIME_DIR, 'Xauthority', record)
  const args = [
    '-displayfd',
    String(displayNumberFd),
    '-screen',
    '0',
    screen,
    '-nolisten',
    'tcp',
    '-noreset',
    '-auth',
    authority,
  ]
  const server = processes.start('Xvfb', args, {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const number = await firstLine(server, server.stdio[displayNumberFd], {
    what: 'The virtual display (Xvfb)',
  })
  return { DISPLAY: `:${number}`, XAUTHORITY: authority }
}

/**
 * One entry of an Xauthority file that fits every host and display: the number is not known before
 * the server runs.
 */
function authorityRecord(cookie) {
  const field = (bytes) =>
    Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes])
  const none = field(Buffer.alloc(0))
  const family = Buffer.from([anyHost >> 8, anyHost & 0xff])
  return Buffer.concat([
    family,
    none,
    none,
    field(Buffer.from('MIT-MAGIC-COOKIE-1')),
    field(cookie),
  ])
}
