import { Message, MessageType, sessionBus, type MessageBus } from '@jellybrick/dbus-next'

const watcher = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'
const bus = 'org.freedesktop.DBus'
const busPath = '/org/freedesktop/DBus'

/**
 * Follows whether the Linux desktop shows tray icons: whether somebody owns the StatusNotifier
 * watcher's name on the session bus and says that a host is registered there. Electron makes an icon
 * all the same and does not tell. `onChange` hears the state at first and whenever it changes; a
 * session without a bus has no tray.
 * Source: the StatusNotifierItem specification of freedesktop.org.
 */
export async function watchTrayHost(onChange: (isThere: boolean) => void): Promise<void> {
  let told: boolean | undefined
  const tell = (isThere: boolean) => {
    if (isThere === told) return
    told = isThere
    onChange(isThere)
  }
  try {
    const connection = sessionBus()
    const ends: NodeJS.EventEmitter = connection
    ends.on('error', () => {
      tell(false)
    })
    connection.on('message', (message: Message) => {
      if (isAboutTray(message)) void hasHost(connection).then(tell)
    })
    await addMatch(connection, `type='signal',interface='${watcher}'`)
    await addMatch(
      connection,
      `type='signal',sender='${bus}',member='NameOwnerChanged',arg0='${watcher}'`,
    )
    tell(await hasHost(connection))
  } catch {
    tell(false)
  }
}

const isAboutTray = ({ type, member, interface: name }: Message): boolean =>
  type === MessageType.SIGNAL && (name === watcher || member === 'NameOwnerChanged')

const addMatch = (connection: MessageBus, rule: string): Promise<unknown> =>
  connection.call(
    new Message({
      destination: bus,
      path: busPath,
      interface: bus,
      member: 'AddMatch',
      signature: 's',
      body: [rule],
    }),
  )

/** Nobody is started for the question: without an owner of the name there is no tray. */
async function hasHost(connection: MessageBus): Promise<boolean> {
  try {
    const owned = await connection.call(
      new Message({
        destination: bus,
        path: busPath,
        interface: bus,
        member: 'NameHasOwner',
        signature: 's',
        body: [watcher],
      }),
    )
    if (owned?.body[0] !== true) return false
    const answer = await connection.call(
      new Message({
        destination: watcher,
        path: watcherPath,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'Get',
        signature: 'ss',
        body: [watcher, 'IsStatusNotifierHostRegistered'],
      }),
    )
    const [variant] = answer?.body ?? []
    return (variant as { readonly value?: unknown } | undefined)?.value === true
  } catch {
    return false
  }
}
