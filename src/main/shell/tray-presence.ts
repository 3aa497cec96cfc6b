/** Whether the desktop shows tray icons, as far as it has told. Only Linux desktops may have none. */
export class TrayPresence {
  isThere = process.platform !== 'linux'
}
