import { run } from './child.mjs'
import { firstLine } from './session-processes.mjs'

const addressFd = 3

/**
 * Without service folders: nothing is started by being asked for, so what is on the bus is what we
 * put there.
 */
const configuration = (
  folder,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${folder}/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/**
 * Starts a private session bus. It stands in for the system bus too, which such a computer often
 * lacks and Electron then complains about. @returns the environment to reach it.
 */
export async function startSessionBus({ processes, folder, env }) {
  const runtime = env.XDG_RUNTIME_DIR
  const file = folder.file(runtime, 'bus.conf', configuration(runtime))
  const args = [`--config-file=${file}`, '--nofork', '--nopidfile', `--print-address=${addressFd}`]
  const bus = processes.start('dbus-daemon', args, {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const address = await firstLine(bus, bus.stdio[addressFd], {
    what: 'The session bus (dbus-daemon)',
  })
  return { DBUS_SESSION_BUS_ADDRESS: address, DBUS_SYSTEM_BUS_ADDRESS: address }
}

/** @returns whether somebody on the bus of `env` owns the name. */
export async function hasOwner(name, { env, identity }) {
  const args = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
    `string:${name}`,
  ]
  const { stdout } = await run('dbus-send', args, { env, ...identity })
  return stdout.includes('boolean true')
}
