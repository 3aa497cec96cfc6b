import {
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const retryMs = 100
const stealAbandonedMs = 10_000

/**
 * Runs `work` while no other process on this computer holds the same lock file. A lock whose owner
 * is gone (its pid is free, or belongs to a process started later) is taken over.
 * In: `onWait` is told once, with the owner's pid, when there is somebody to wait for.
 */
export async function withFileLock(path, work, { onWait } = {}) {
  mkdirSync(dirname(path), { recursive: true })
  let told = false
  while (!tryLock(path)) {
    const owner = readOwner(path)
    if (owner !== undefined && !isAlive(owner)) {
      removeStale(path)
      continue
    }
    if (!told && owner !== undefined) onWait?.(owner.pid)
    told = told || owner !== undefined
    await wait(retryMs)
  }
  const release = () => rmSync(path, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.removeListener('exit', release)
    release()
  }
}

/**
 * The file is written aside and linked into place, so that nobody ever reads a lock without its
 * owner.
 */
function tryLock(path) {
  const aside = `${path}.${process.pid}-${randomBytes(4).toString('hex')}`
  writeFileSync(aside, JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' }))
  try {
    linkSync(aside, path)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/**
 * Two that find the same stale lock must not remove each other's fresh one: the removal has a gate
 * of its own.
 */
function removeStale(path) {
  const gate = `${path}.steal`
  try {
    mkdirSync(gate)
  } catch {
    if (ageMs(gate) > stealAbandonedMs) rmSync(gate, { recursive: true, force: true })
    return
  }
  try {
    const owner = readOwner(path)
    if (owner !== undefined && !isAlive(owner)) rmSync(path, { force: true })
  } finally {
    rmdirSync(gate)
  }
}

function readOwner(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function isAlive({ pid, started }) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
  const now = startOf(pid)
  return now === undefined || started === '' || now === started
}

/**
 * When the process was started, in the kernel's ticks: tells a reused pid from its former owner.
 * Linux only.
 */
function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

function ageMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs
  } catch {
    return 0
  }
}
