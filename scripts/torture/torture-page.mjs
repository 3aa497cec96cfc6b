/* global document, MutationObserver -- read in the page */
import { dropFiles } from '../lib/file-drop.mjs'

const actionMs = 60_000

/** The window as a person uses it, by the names of what is on it. */
export class TorturePage {
  constructor(page) {
    this.page = page
    page.setDefaultTimeout(actionMs)
    this.main = page.getByRole('main')
    this.navigation = page.getByRole('navigation', { name: 'Profile sections' })
    this.status = this.navigation.getByRole('status')
    this.save = this.main.getByRole('button', { name: 'Save', exact: true })
    this.grid = this.main.getByRole('grid')
  }

  async connect({ origin, org, username, token }) {
    const { page } = this
    await page.getByRole('textbox', { name: 'Organization' }).fill(org)
    await page.getByRole('textbox', { name: 'Username' }).fill(username)
    await page.getByLabel('API token', { exact: true }).fill(token)
    await page.getByRole('button', { name: 'Advanced' }).click()
    await page.getByRole('textbox', { name: 'Platform address' }).fill(origin)
    await page.getByRole('button', { name: /^Connect/ }).click()
    await this.ready()
  }

  ready() {
    return this.navigation.waitFor()
  }

  async open(title) {
    await this.navigation.getByRole('link', { name: new RegExp(`^${title}`) }).click()
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor()
  }

  field(label) {
    return this.main.getByLabel(label, { exact: true })
  }

  button(name) {
    return this.main.getByRole('button', { name, exact: true }).first()
  }

  /** Languages that stand in the form, by their names. */
  async chosenLanguages() {
    return this.main
      .getByRole('list', { name: 'Languages: chosen' })
      .getByRole('listitem')
      .allInnerTexts()
  }

  async addLanguage(name) {
    await this.main.getByRole('combobox', { name: 'Languages' }).fill(name)
    await this.page.getByRole('option', { name, exact: true }).click()
  }

  async createInPicker(label, name) {
    await this.main.getByRole('combobox', { name: label }).fill(name)
    await this.page.getByRole('option', { name: new RegExp(`^Create “${name}”`) }).click()
  }

  async pick(label, typed, option) {
    await this.main.getByRole('combobox', { name: label }).fill(typed)
    await this.page.getByRole('option', { name: new RegExp(`^${option}`) }).click()
  }

  memoryRow(content) {
    return this.grid.getByRole('row').filter({ hasText: content })
  }

  async findMemory(content) {
    await this.main.getByRole('searchbox').fill(content)
    await this.memoryRow(content).hover()
  }

  /** Waits until the open form no longer calls what is in it a draft: main has it. */
  taken() {
    return this.#until(() => {
      const walk = (form) => document.createTreeWalker(form, globalThis.NodeFilter.SHOW_TEXT)
      return [...document.querySelectorAll('main .entry:not([hidden])')].every((form) => {
        for (let walker = walk(form), node; (node = walker.nextNode());)
          if (/^\s*Draft/.test(node.data)) return false
        return true
      })
    })
  }

  /** Waits until the line in which a memory is written is closed. */
  memoryFormClosed() {
    return this.#until(() => document.querySelector('main section[aria-label$=" memory"]') === null)
  }

  /** Waits until main has a change of this switch. Its words may be over before they are seen. */
  switchTaken(key, isOn) {
    return this.page.evaluate(
      async ({ name, wanted, lookMs, limitMs }) => {
        const lastMoment = Date.now() + limitMs
        const isTaken = async () => {
          const { value } = await globalThis.iblaiProfile.section.view({
            section: 'memory-settings',
          })
          return value.items[0]?.values[name] === wanted
        }
        while (!(await isTaken())) {
          if (Date.now() > lastMoment) throw new Error(`The switch “${name}” never changed.`)
          await new Promise((resolve) => setTimeout(resolve, lookMs))
        }
      },
      { name: key, wanted: isOn, lookMs: 10, limitMs: actionMs },
    )
  }

  drop(path) {
    return dropFiles(this.page, [path])
  }

  /** All sections as main shows them now, drafts too. */
  views() {
    return this.page.evaluate(async () => {
      const { section } = globalThis.iblaiProfile
      const names = 'basic social education experience resume memory-settings'.split(' ')
      const entries = names.map(async (name) => [
        name,
        (await section.view({ section: name })).value,
      ])
      const memory = await section.page({ section: 'memory', offset: 0, limit: 100 })
      return { ...Object.fromEntries(await Promise.all(entries)), memory: memory.value }
    })
  }

  /** Which sections main has never read. */
  async unread() {
    const { memory, ...views } = await this.views()
    return (
      Object.values(views).filter(({ readAt }) => readAt === undefined).length +
      (memory.total === 0 ? 1 : 0)
    )
  }

  /** What waits to be sent: section, state and reason of each. */
  pending() {
    return this.page.evaluate(async () => {
      const { value } = await globalThis.iblaiProfile.pending.list({})
      return value.map(({ section, state }) => ({ section, state }))
    })
  }

  async sendNow() {
    const drawer = this.page
      .getByRole('complementary', { name: 'Pending changes' })
      .or(this.page.getByRole('dialog', { name: 'Pending changes' }))
    if (!(await drawer.isVisible()))
      await this.navigation.getByRole('button', { name: /^Pending changes/ }).click()
    const button = drawer.getByRole('button', { name: 'Send now' })
    if (await button.isVisible()) await button.click({ timeout: 1_000 }).catch(() => undefined)
  }

  #until(isTrue) {
    return this.page.evaluate(
      ({ source, limitMs }) =>
        new Promise((resolve, reject) => {
          const holds = globalThis.eval(`(${source})`)
          const look = () => holds() && done(resolve)
          const observer = new MutationObserver(look)
          const timer = setTimeout(() => done(() => reject(new Error('It never came.'))), limitMs)
          function done(settle) {
            observer.disconnect()
            clearTimeout(timer)
            settle()
          }
          const what = { subtree: true, childList: true, characterData: true, attributes: true }
          observer.observe(document.querySelector('main'), what)
          look()
        }),
      { source: isTrue.toString(), limitMs: actionMs },
    )
  }
}
