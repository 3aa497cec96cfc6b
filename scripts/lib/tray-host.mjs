import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'

const watcherName = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'
const itemPath = '/StatusNotifierItem'
const itemInterface = 'org.kde.StatusNotifierItem'
const readyMs = 30_000
const lookMs = 50

/**
 * Stands in for a desktop's tray: owns `org.kde.StatusNotifierWatcher` on the session bus, sees
 * icons register, reads their menus and clicks in them. It must run before the app looks for a
 * tray, that is before it starts.
 * In: `busAddress`, the DBUS_SESSION_BUS_ADDRESS of the session.
 */
export async function startTrayHost(busAddress) {
  const dbus = await import('@jellybrick/dbus-next')
  const bus = dbus.sessionBus({ busAddress })
  const watcher = makeWatcher(dbus)
  bus.export(watcherPath, watcher)
  await bus.requestName(watcherName, 0)
  await followOwners(bus, watcher)
  return trayHost({ bus, dbus, watcher })
}

function trayHost({ bus, dbus, watcher }) {
  /**
   * Electron's icons do not describe themselves, so they are called by message, without a proxy.
   */
  async function call(destination, { path, member, signature = '', body = [] }) {
    const dot = member.lastIndexOf('.')
    const names = { interface: member.slice(0, dot), member: member.slice(dot + 1) }
    const message = new dbus.Message({ destination, path, ...names, signature, body })
    return (await bus.call(message)).body
  }
  const chosen = async (item) => item ?? host.waitForItem()
  async function properties(item) {
    const body = [itemInterface]
    const member = 'org.freedesktop.DBus.Properties.GetAll'
    const [all] = await call(await chosen(item), { path: itemPath, member, signature: 's', body })
    return Object.fromEntries(Object.entries(all).map(([name, variant]) => [name, variant.value]))
  }
  async function callMenu(item, { method, signature, body }) {
    const member = `com.canonical.dbusmenu.${method}`
    const { Menu: path } = await properties(item)
    return call(await chosen(item), { path, member, signature, body })
  }
  /** An icon may leave the bus while it is asked, for a newer one: then there is no answer. */
  async function unlessGone(answer) {
    try {
      return await answer
    } catch (error) {
      if (error instanceof dbus.DBusError) return undefined
      throw error
    }
  }
  const host = {
    /** @returns the bus names of the icons there are now, oldest first. */
    items: () => [...watcher.items],
    /** @returns the bus name of the newest icon, waiting for one. */
    async waitForItem(timeoutMs = readyMs) {
      await until(() => watcher.items.size > 0, { timeoutMs, what: 'No tray icon appeared' })
      return host.items().at(-1)
    },
    /**
     * @returns `{ title, toolTip, status, picture }` of an icon; `picture` is another text for another
     * picture.
     */
    async describe(item) {
      let found
      const look = async () => {
        found = await unlessGone(properties(item))
        return found !== undefined
      }
      await until(look, { timeoutMs: readyMs, what: 'No tray icon described itself' })
      const { Title: title, ToolTip, Status: status, IconPixmap } = found
      const picture = createHash('sha256').update(JSON.stringify(IconPixmap)).digest('hex')
      return { title, toolTip: ToolTip?.[2], status, picture }
    },
    /**
     * @returns the menu as a tree of `{ id, label, type, isEnabled, isVisible, toggle, isChecked,
     * children }`.
     */
    async menu(item) {
      const ask = { method: 'GetLayout', signature: 'iias', body: [0, -1, []] }
      const [, layout] = await callMenu(item, ask)
      return readEntry(layout).children
    },
    /** @returns the first entry, at any depth, for which `wanted` holds, waiting for one. */
    async waitForEntry(wanted, item) {
      let found
      const look = async () => {
        found = flat((await unlessGone(host.menu(item))) ?? []).find(wanted)
        return found !== undefined
      }
      await until(look, { timeoutMs: readyMs, what: 'The tray menu never had the entry' })
      return found
    },
    /**
     * Clicks the entry of this id. @returns whether it was there: a menu that is drawn anew gives its
     * entries other ids, and an icon that is made anew takes its menu with it.
     */
    async click(id, item) {
      const clicked = [id, 'clicked', new dbus.Variant('i', 0), 0]
      const ask = { method: 'EventGroup', signature: 'a(isvu)', body: [[clicked]] }
      const answer = await unlessGone(callMenu(item, ask))
      return answer?.[0].length === 0
    },
    /**
     * Clicks the entry with this label, waiting for it, in the menu that is shown by then.
     * @returns the entry as it was before.
     */
    async clickLabel(label, item) {
      let entry
      const click = async () => {
        entry = await host.waitForEntry((candidate) => candidate.label === label, item)
        return host.click(entry.id, item)
      }
      await until(click, {
        timeoutMs: readyMs,
        what: `The tray menu never took a click on ${label}`,
      })
      return entry
    },
    /** Activates an icon, as a click on it does. */
    async activate(item) {
      const member = `${itemInterface}.Activate`
      await call(await chosen(item), { path: itemPath, member, signature: 'ii', body: [0, 0] })
    },
    /** Leaves the bus: the tray is gone. */
    close: () => bus.disconnect(),
  }
  return host
}

function makeWatcher(dbus) {
  const { Interface } = dbus.interface
  class StatusNotifierWatcher extends Interface {
    /** The bus name of each icon. */
    items = new Set()
    ProtocolVersion = 0
    IsStatusNotifierHostRegistered = true
    get RegisteredStatusNotifierItems() {
      return [...this.items]
    }
    RegisterStatusNotifierItem(service) {
      this.items.add(service)
      this.StatusNotifierItemRegistered(service)
    }
    RegisterStatusNotifierHost() {}
    StatusNotifierItemRegistered(service) {
      return service
    }
    StatusNotifierItemUnregistered(service) {
      return service
    }
  }
  StatusNotifierWatcher.configureMembers({
    properties: {
      ProtocolVersion: { signature: 'i', access: 'read' },
      IsStatusNotifierHostRegistered: { signature: 'b', access: 'read' },
      RegisteredStatusNotifierItems: { signature: 'as', access: 'read' },
    },
    methods: {
      RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
      RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
    },
    signals: {
      StatusNotifierItemRegistered: { signature: 's' },
      StatusNotifierItemUnregistered: { signature: 's' },
    },
  })
  // Version 0.11 of the library puts empty fields over what was configured on the prototype.
  const { $properties, $methods, $signals } = StatusNotifierWatcher.prototype
  return Object.assign(new StatusNotifierWatcher(watcherName), { $properties, $methods, $signals })
}

/** An icon whose owner left the bus is gone. */
async function followOwners(bus, watcher) {
  const daemon = (
    await bus.getProxyObject('org.freedesktop.DBus', '/org/freedesktop/DBus')
  ).getInterface('org.freedesktop.DBus')
  daemon.on('NameOwnerChanged', (name, _before, after) => {
    if (after === '' && watcher.items.delete(name)) watcher.StatusNotifierItemUnregistered(name)
  })
}

function readEntry([id, properties, children]) {
  const value = (name, otherwise) => properties[name]?.value ?? otherwise
  return {
    id,
    label: value('label', '').replace(/_(.)/g, '$1'),
    type: value('type', 'standard'),
    isEnabled: value('enabled', true),
    isVisible: value('visible', true),
    toggle: value('toggle-type', ''),
    isChecked: value('toggle-state', 0) === 1,
    children: children.map((child) => readEntry(child.value)),
  }
}

function flat(entries) {
  return entries.flatMap((entry) => [entry, ...flat(entry.children)])
}

async function until(isTrue, { timeoutMs, what }) {
  const lastMoment = Date.now() + timeoutMs
  while (!(await isTrue())) {
    if (Date.now() > lastMoment) throw new Error(`${what} within ${timeoutMs / 1000} s.`)
    await wait(lookMs)
  }
}
