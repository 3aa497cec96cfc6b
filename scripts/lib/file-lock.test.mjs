import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { withFileLock } from './file-lock.mjs'

let folder
let lock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'iblai-lock-'))
  lock = join(folder, 'deep', 'a.lock')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('withFileLock', () => {
  it('lets one in at a time', async () => {
    const order = []
    const work = (name) => async () => {
      order.push(`${name} in`)
      await Promise.resolve()
      order.push(`${name} out`)
    }
    await Promise.all([withFileLock(lock, work('a')), withFileLock(lock, work('b'))])
    expect(order).toEqual(['a in', 'a out', 'b in', 'b out'])
  })

  it('returns what the work returns and leaves nothing behind', async () => {
    expect(await withFileLock(lock, () => 'done')).toBe('done')
    expect(readdirSync(join(folder, 'deep'))).toEqual([])
  })

  it('is free again after the work failed', async () => {
    const failing = withFileLock(lock, () => Promise.reject(new Error('no')))
    await expect(failing).rejects.toThrow('no')
    expect(existsSync(lock)).toBe(false)
  })

  it('tells once whom it waits for', async () => {
    const told = []
    let finish
    const first = withFileLock(lock, () => new Promise((resolve) => (finish = resolve)))
    const second = withFileLock(lock, () => undefined, {
      onWait: (pid) => {
        told.push(pid)
        finish()
      },
    })
    await Promise.all([first, second])
    expect(told).toEqual([process.pid])
  })

  it('takes over the lock of a process that has ended', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', ''])
    await withFileLock(lock, () => undefined)
    writeFileSync(lock, JSON.stringify({ pid, started: '1' }))
    expect(await withFileLock(lock, () => 'mine')).toBe('mine')
  })

  it.runIf(process.platform === 'linux')(
    'sees that a pid was given to another process',
    async () => {
      await withFileLock(lock, () => undefined)
      writeFileSync(lock, JSON.stringify({ pid: process.pid, started: '1' }))
      expect(await withFileLock(lock, () => 'mine')).toBe('mine')
    },
  )

  it('lets every one of many in once when they all find a stale lock', async () => {
    await withFileLock(lock, () => undefined)
    writeFileSync(
      lock,
      JSON.stringify({ pid: spawnSync(process.execPath, ['-e', '']).pid, started: '1' }),
    )
    let inside = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, (inside += 1))
      await Promise.resolve()
      inside -= 1
    }
    await Promise.all(Array.from({ length: 5 }, () => withFileLock(lock, work)))
    expect(most).toBe(1)
  })
})
