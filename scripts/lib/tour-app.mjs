import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines } from './child.mjs'
import { dropFiles } from './file-drop.mjs'
import { launchApp } from './launch-app.mjs'
import { smallPdf } from './small-pdf.mjs'
import { startTrayHost } from './tray-host.mjs'

const actionMs = 15_000
const quitMs = 15_000

/**
 * The app as the tour sees it: started and quit, its page, its tray, and what a person does with
 * them.
 */
export class TourApp {
  #env
  #command
  #output = ''
  #application
  /** The tray stand-in, see tray-host.mjs. */
  tray
  /** The window's page; there only while the app runs. */
  page

  static async create({ env, command }) {
    const tray = await startTrayHost(env.DBUS_SESSION_BUS_ADDRESS)
    return new TourApp({ env, command, tray })
  }

  constructor({ env, command, tray }) {
    this.#env = env
    this.#command = command
    this.tray = tray
  }

  /** Starts the app; always on the same folder, which is fresh for each tour. */
  async start() {
    const { executable, args } = this.#command
    const profile = `--user-data-dir=${join(this.#env.SESSION_FOLDER, 'profile')}`
    const env = { ...this.#env }
    this.#application = await launchApp({ executable, args: [...args, profile], env })
    const child = this.#application.process()
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => (this.#output += piece))
    this.page = await this.#application.firstWindow()
    this.page.setDefaultTimeout(actionMs)
  }

  /** Quits as a person does, from the tray. */
  async quitFromTray() {
    const closed = this.#application.waitForEvent('close', { timeout: quitMs })
    await this.tray.clickLabel('Quit')
    await closed
    this.page = undefined
    this.#application = undefined
  }

  /** Shows a section by its name in the navigation. */
  async openSection(name) {
    const navigation = this.page.getByRole('navigation', { name: 'Profile sections' })
    await navigation.getByRole('link', { name: new RegExp(`^${name}`) }).click()
    await this.page.getByRole('heading', { name }).first().waitFor()
  }

  /** Saves the open form and waits until the status says that the platform has it. */
  async save(name = 'Save') {
    await this.page.getByRole('main').getByRole('button', { name, exact: true }).click()
    await this.page
      .getByText(/^\s*Draft/)
      .first()
      .waitFor({ state: 'hidden' })
    await this.waitUntilSaved()
  }

  /** The status line follows the queue a moment later, so the queue is asked first. */
  async waitUntilSaved() {
    const { expect } = await import('playwright/test')
    const unsent = () =>
      this.page.evaluate(async () => (await globalThis.iblaiProfile.pending.list({})).value.length)
    await expect.poll(unsent, { timeout: actionMs }).toBe(0)
    await this.page
      .getByRole('status')
      .filter({ hasText: /^\s*Saved/ })
      .first()
      .waitFor()
  }

  /** Types a name that is not there yet into a picker and creates it. */
  async createInPicker(label, name) {
    await this.page.getByRole('combobox', { name: label }).fill(name)
    await this.page.getByRole('option', { name: `Create “${name}”` }).click()
  }

  /** Writes a one-page PDF and drops it on the window. @returns its name. */
  async dropPdf(name, lines) {
    const path = join(this.#env.SESSION_FOLDER, name)
    writeFileSync(path, smallPdf(lines))
    await dropFiles(this.page, [path])
    return name
  }

  /** Takes a picture of the window. @returns whether there was one. */
  async screenshot(path) {
    if (this.page === undefined || this.page.isClosed()) return false
    const taken = await this.page.screenshot({ path, timeout: actionMs }).catch(() => undefined)
    return taken !== undefined
  }

  /** @returns what the app itself printed last. */
  lastOutput() {
    return lastLines(this.#output, 20)
  }

  async end() {
    await this.#application?.close().catch(() => undefined)
    this.tray.close()
  }
}
