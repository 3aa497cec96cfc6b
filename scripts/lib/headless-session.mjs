import { startKeyring } from './keyring.mjs'
import { startSessionBus } from './session-bus.mjs'
import { SessionFolder } from './session-folder.mjs'
import { SessionProcesses } from './session-processes.mjs'
import { startVirtualDisplay } from './virtual-display.mjs'

const usualScreen = '1600x1000x24'

const fonts = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Inter</family></prefer></alias>
  <alias binding="strong"><family>system-ui</family><prefer><family>Inter</family></prefer></alias>
</fontconfig>
`

/** Names of the person's own desktop that must not reach into the session. */
const desktopOfTheirs = [
  'WAYLAND_DISPLAY',
  'XDG_CURRENT_DESKTOP',
  'XDG_SESSION_TYPE',
  'DESKTOP_SESSION',
  'GNOME_KEYRING_CONTROL',
  'SSH_AUTH_SOCK',
]

/**
 * Runs `work(env)` inside a desktop of its own: virtual display, private session bus, fresh
 * folders, and a real secret service. All of it ends with `work`, also on a signal.
 *
 * In: `keyring` is `unlocked`, `locked` (a login keyring nobody opened), `empty` (the service
 * without a keyring) or `none` (no secret service on the bus); `display` is `own` or `inherit`
 * (that of `env`); `screen` is width x height x depth; `env` is what the session's starts from;
 * `identity` (`{ uid, gid }`) runs it as another person, for whom the caller must start programs
 * with the same identity.
 * Out: whatever `work` returns. `env` has DISPLAY, XAUTHORITY, DBUS_SESSION_BUS_ADDRESS,
 * XDG_RUNTIME_DIR, XDG_DATA_HOME, XDG_CONFIG_HOME, and SESSION_FOLDER: a folder that is removed at
 * the end.
 */
export async function withHeadlessSession(options, work) {
  const { keyring = 'unlocked', display = 'own', screen = usualScreen, identity } = options
  const base = options.env ?? process.env
  if (process.platform !== 'linux') return work({ ...base })
  const processes = new SessionProcesses(identity)
  try {
    const folder = new SessionFolder(identity)
    processes.owns(folder.path)
    const env = sessionEnvironment(base, folder)
    const session = { processes, folder, env, identity, screen }
    Object.assign(env, await startSessionBus(session))
    const starting = [keyring === 'none' ? undefined : startKeyring(keyring, session)]
    if (display === 'own')
      starting.push(startVirtualDisplay(session).then((more) => Object.assign(env, more)))
    await Promise.all(starting)
    return await work(env)
  } finally {
    await processes.end()
  }
}

function sessionEnvironment(base, folder) {
  const inherited = Object.entries(base).filter(([name]) => !desktopOfTheirs.includes(name))
  const config = folder.folder('config')
  folder.file(folder.folder('config', 'fontconfig'), 'fonts.conf', fonts)
  return {
    LANG: 'C.UTF-8',
    ...Object.fromEntries(inherited),
    SESSION_FOLDER: folder.path,
    XDG_RUNTIME_DIR: folder.folder('run'),
    XDG_DATA_HOME: folder.folder('data'),
    XDG_CONFIG_HOME: config,
    NO_AT_BRIDGE: '1',
    GTK_USE_PORTAL: '0',
  }
}
