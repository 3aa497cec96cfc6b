import type { ElectronApplication } from 'playwright'
import { expect } from 'playwright/test'

/** Native menus cannot be driven: clicks the item of the application menu that has this id. */
export async function clickMenu(electron: ElectronApplication, id: string): Promise<void> {
  const click = () =>
    electron.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
      item?.click()
      return item !== undefined && item !== null
    }, id)
  await expect.poll(click).toBe(true)
}
