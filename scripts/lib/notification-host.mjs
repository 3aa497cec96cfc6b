/**
 * Stands in for a desktop's notifications: owns `org.freedesktop.Notifications` on the session bus
 * and keeps what it is asked to show. It must run before the app shows its first one.
 * In: `busAddress`, the DBUS_SESSION_BUS_ADDRESS of the session.
 * Out: `shown()`, `[{ id, title, text }]`; `click(id)`; `close()`.
 */
export async function startNotificationHost(busAddress) {
  const dbus = await import('@jellybrick/dbus-next')
  const bus = dbus.sessionBus({ busAddress })
  const notifications = makeNotifications(dbus)
  bus.export('/org/freedesktop/Notifications', notifications)
  await bus.requestName('org.freedesktop.Notifications', 0)
  return {
    shown: () => [...notifications.shown],
    click: (id) => notifications.ActionInvoked(id, 'default'),
    close: () => bus.disconnect(),
  }
}

function makeNotifications(dbus) {
  class Notifications extends dbus.interface.Interface {
    shown = []
    GetCapabilities() {
      return ['body', 'actions']
    }
    GetServerInformation() {
      return ['stand-in', 'ibl.ai Profile', '1', '1.2']
    }
    Notify(_app, _replaces, _icon, title, text) {
      const id = this.shown.length + 1
      this.shown.push({ id, title, text })
      return id
    }
    CloseNotification() {}
    ActionInvoked(id, action) {
      return [id, action]
    }
    NotificationClosed(id, reason) {
      return [id, reason]
    }
  }
  Notifications.configureMembers({
    methods: {
      GetCapabilities: { inSignature: '', outSignature: 'as' },
      GetServerInformation: { inSignature: '', outSignature: 'ssss' },
      Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
      CloseNotification: { inSignature: 'u', outSignature: '' },
    },
    signals: {
      ActionInvoked: { signature: 'us' },
      NotificationClosed: { signature: 'uu' },
    },
  })
  // Version 0.11 of the library puts empty fields over what was configured on the prototype.
  const { $properties, $methods, $signals } = Notifications.prototype
  const host = new Notifications('org.freedesktop.Notifications')
  return Object.assign(host, { $properties, $methods, $signals })
}
