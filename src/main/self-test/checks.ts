import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserWindow } from 'electron'
import * as v from 'valibot'
import { selfItemId } from '../../shared/domain/ids'
import type { SectionRegistry } from '../../shared/domain/sections/registry'
import { basic } from '../../shared/domain/sections/basic'
import type { CredentialStore } from '../app/ports'
import { Credential } from '../credential'
import type { TrayPresence } from '../shell/tray-presence'
import type { Finding } from './findings'
import { shownHeading, type Ask } from './page'

const lookMs = 100

/** Waits until something is so. The time limit of the whole test ends a wait in vain. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await wait(lookMs)
}

/** The window is on the screen, and a section of the workspace in it. */
export async function checkWindow(
  window: BrowserWindow,
  { shown }: SectionRegistry,
): Promise<Finding> {
  const titles = shown.map(({ title }) => title)
  let heading = ''
  await until(async () => {
    heading = await shownHeading(window.webContents)
    return window.isVisible() && titles.includes(heading)
  })
  const picture = await window.webContents.capturePage()
  return { ok: !picture.isEmpty(), heading }
}

const view = v.object({
  readAt: v.optional(v.number()),
  read: v.looseObject({ kind: v.string() }),
  total: v.number(),
  items: v.array(v.object({ saved: v.record(v.string(), v.unknown()) })),
})

/** Reads every section from the platform; `read` tells how many records each has. */
export async function checkSections(ask: Ask, { all }: SectionRegistry): Promise<Finding> {
  const read: Record<string, number> = {}
  const unread: string[] = []
  for (const { id } of all) {
    await ask('section.refresh', { section: id }, v.unknown())
    const { readAt, read: state, total } = await ask('section.view', { section: id }, view)
    if (readAt === undefined || state.kind === 'failed') unread.push(id)
    else read[id] = total
  }
  if (unread.length > 0) return { ok: false, problem: `Not read: ${unread.join(', ')}.`, read }
  return { ok: true, read }
}

/** Writes one field, reads it back from the platform, and puts the earlier value back. */
export async function checkWrite(ask: Ask): Promise<Finding> {
  const field = `${basic.id}.bio`
  const earlier = await storedBio(ask)
  const written = `Self-test ${randomUUID()}`
  await writeBio(ask, written)
  const stored = await storedBio(ask)
  await writeBio(ask, earlier ?? '')
  if (stored === written) return { ok: true, field }
  return { ok: false, field, problem: 'The platform has another value.' }
}

async function writeBio(ask: Ask, bio: unknown): Promise<void> {
  const edit = { section: basic.id, item: selfItemId, patch: { bio } }
  await ask('section.edit', edit, v.looseObject({ mutation: v.string() }))
  await until(async () => (await ask('pending.list', {}, v.array(v.unknown()))).length === 0)
}

/** `saved` is what the platform has, without unsent edits. */
async function storedBio(ask: Ask): Promise<unknown> {
  await ask('section.refresh', { section: basic.id }, v.unknown())
  const { items } = await ask('section.view', { section: basic.id }, view)
  return items[0]?.saved['bio']
}

/** Keeps something that is no secret in the system's keychain, reads it back, and removes it. */
export async function checkKeychain(keychain: CredentialStore): Promise<Finding> {
  const key = `self-test ${randomUUID()}`
  const kept = randomUUID()
  const set = await keychain.set(key, new Credential(kept))
  if (!set.ok) return { ok: false, problem: problemOf(set.error) }
  const found = await keychain.get(key)
  const removed = await keychain.remove(key)
  const after = await keychain.get(key)
  if (!found.ok) return { ok: false, problem: problemOf(found.error) }
  if (found.value?.reveal() !== kept) return { ok: false, problem: 'It gave back something else.' }
  const isGone = removed.ok && after.ok && after.value === undefined
  return isGone ? { ok: true } : { ok: false, problem: 'It did not forget what was removed.' }
}

const problemOf = (error: { readonly kind: string; readonly reason?: unknown }): string =>
  typeof error.reason === 'string' ? `${error.kind}: ${error.reason}` : error.kind

/** The icon is made. Whether the desktop shows it is its own affair: `host` says so. */
export async function checkTray(tray: TrayPresence): Promise<Finding> {
  await until(() => tray.isKnown && tray.hasIcon())
  return { ok: true, icon: true, host: tray.isThere }
}
