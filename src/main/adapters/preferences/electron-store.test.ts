import { copyFileSync, renameSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { asWorkspaceId } from '../../../shared/domain/ids'
import type { openPreferences as OpenPreferences } from './electron-store'

let open: typeof OpenPreferences

beforeAll(async () => {
  // Outside Electron its package answers with a path; this keeps it from fetching what lies there.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = '/nowhere'
  ;({ openPreferences: open } = await import('./electron-store'))
})

const keep = {
  move: (path: string) => {
    renameSync(path, `${path}.bad`)
  },
  copy: (path: string) => {
    copyFileSync(path, `${path}.bad`)
  },
}

const workspace = {
  id: asWorkspaceId('w-1'),
  kind: 'account' as const,
  org: 'northwind',
  username: 'noor',
  origins: { lms: 'https://a.example/lms', dm: 'https://a.example/dm' },
  personName: 'Noor Haddad',
}

const defaults = {
  settings: { theme: 'system', textSize: 100, onClose: 'tray', looksForUpdates: true },
  workspaces: [],
}

async function aFolderWith(content: string | Buffer): Promise<string> {
  const folder = await freshFolder()
  await writeFile(join(folder, 'preferences.json'), content)
  return folder
}

describe('preferences', () => {
  it('starts with defaults', async () => {
    const preferences = open(await freshFolder(), keep)
    expect([preferences.read(), preferences.wasDamaged]).toEqual([defaults, false])
  })

  it('takes away what a kill left half written, and nothing else', async () => {
    const folder = await aFolderWith('{}')
    const left = ['preferences.json.tmp-608590960742ea31', 'preferences.json.bad-1', 'window.json']
    for (const name of left) await writeFile(join(folder, name), '{')
    await open(folder, keep).write({ section: 'memory' })
    const names = ['preferences.json', 'preferences.json.bad-1', 'window.json']
    expect((await readdir(folder)).sort()).toEqual(names)
  })

  it('keeps what is written, and the rest', async () => {
    const folder = await freshFolder()
    const preferences = open(folder, keep)
    await preferences.write({ workspaces: [workspace], current: workspace.id })
    expect(await preferences.write({ section: 'memory' })).toEqual({ ok: true })
    expect(open(folder, keep).read()).toEqual({
      ...defaults,
      workspaces: [workspace],
      current: 'w-1',
      section: 'memory',
    })
  })

  it('counts at once, before it is written', async () => {
    const preferences = open(await freshFolder(), keep)
    const written = preferences.write({ section: 'memory' })
    expect(preferences.read().section).toBe('memory')
    expect(await written).toEqual({ ok: true })
  })

  it('writes changes made at the same time one after the other', async () => {
    const folder = await freshFolder()
    const preferences = open(folder, keep)
    await Promise.all([
      preferences.write({ section: 'memory' }),
      preferences.write({ current: workspace.id }),
    ])
    expect(open(folder, keep).read()).toEqual({ ...defaults, section: 'memory', current: 'w-1' })
  })

  it('keeps its file to the person', async () => {
    const folder = await freshFolder()
    await open(folder, keep).write({ section: 'memory' })
    expect((await stat(join(folder, 'preferences.json'))).mode & 0o777).toBe(0o600)
  })
})

describe('damaged preferences', () => {
  it.each(['', '{"settings":', 'not JSON', '\u0000\u0000'])('moves away %j', async (content) => {
    const folder = await aFolderWith(content)
    const preferences = open(folder, keep)
    expect([preferences.read(), preferences.wasDamaged]).toEqual([defaults, true])
    await preferences.write({ section: 'memory' })
    expect(await readFile(join(folder, 'preferences.json.bad'), 'utf8')).toBe(content)
    expect(open(folder, keep).wasDamaged).toBe(false)
  })

  it('keeps every good workspace, and a copy of the file for the others', async () => {
    const content = JSON.stringify({ workspaces: [{ ...workspace, kind: 'x' }, workspace] })
    const folder = await aFolderWith(content)
    const preferences = open(folder, keep)
    expect(preferences.read().workspaces).toEqual([workspace])
    expect(preferences.wasDamaged).toBe(true)
    expect(await readFile(join(folder, 'preferences.json.bad'), 'utf8')).toBe(content)
  })

  it.each([
    [
      'settings out of range',
      { settings: { theme: 'system', textSize: 9_000, onClose: 'tray', looksForUpdates: true } },
    ],
    ['a list that is none', { workspaces: { 0: workspace } }],
    ['an id that leads elsewhere', { current: '../../etc' }],
  ])('uses defaults for %s', async (_name, content) => {
    const folder = await aFolderWith(JSON.stringify(content))
    const preferences = open(folder, keep)
    expect([preferences.read(), preferences.wasDamaged]).toEqual([defaults, true])
  })

  it('runs with defaults where nothing can be read or written, and says so', async () => {
    const folder = await freshFolder()
    await mkdir(join(folder, 'preferences.json'))
    const preferences = open(folder, {
      ...keep,
      move: () => {
        throw Object.assign(new Error('EROFS'), { code: 'EROFS' })
      },
    })
    expect([preferences.read(), preferences.wasDamaged]).toEqual([defaults, true])
    expect((await preferences.write({ workspaces: [workspace] })).ok).toBe(false)
    expect((await preferences.write({ certificateFile: '/ca.pem', section: 'memory' })).ok).toBe(
      false,
    )
    expect(preferences.read()).toEqual(defaults)
    expect(preferences.read()).toEqual(defaults)
    expect(await readdir(folder)).toEqual(['preferences.json'])
  })
})
