import { readdirSync, readFileSync } from 'node:fs'

/**
 * @returns the proportional set size of a process and all below it, in MiB: memory that several
 * share counts once, where summed resident sizes count it once for each.
 */
export function treePss(pid) {
  const sizes = treeOf(pid).map(pssKib)
  return { processes: sizes.length, mib: sizes.reduce((sum, size) => sum + size, 0) / 1024 }
}

/**
 * @returns what of it no other app can share, in MiB: memory that stands for no file. Unlike the whole
 * it stays as it is when another Electron starts or ends.
 */
export function treeOwn(pid) {
  const kinds = ['Pss_Anon', 'Pss_Shmem']
  const sizes = treeOf(pid).flatMap((one) => {
    const text = readOr(`/proc/${one}/smaps_rollup`, '')
    return kinds.map((kind) => kibOf(text, kind))
  })
  return sizes.reduce((sum, size) => sum + size, 0) / 1024
}

/**
 * @returns the processor time a process and all below it have used, in ms. Other work on the machine
 * stretches every clock but hardly this one.
 */
export function treeCpuMs(pid) {
  return treeOf(pid).reduce((sum, one) => sum + cpuMs(one), 0)
}

/**
 * @returns how often each thread of a process and of all below it has gone to sleep by itself, by
 * thread: each time something had woken it.
 */
export function treeSwitches(pid) {
  const threads = treeOf(pid).flatMap((one) => threadsOf(one).map((thread) => [one, thread]))
  return new Map(
    threads.map(([one, thread]) => {
      const status = readOr(`/proc/${one}/task/${thread}/status`, '')
      const count = /^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]
      return [`${one} ${thread}`, Number(count ?? 0)]
    }),
  )
}

/** @returns how many there were in between; what threads that have ended did last is not known. */
export function newSwitches(before, after) {
  return [...after].reduce((sum, [thread, count]) => {
    return sum + Math.max(0, count - (before.get(thread) ?? 0))
  }, 0)
}

/** @returns the most memory a process has ever had resident, in MiB. */
export function peakRss(pid) {
  return kibOf(readFileSync(`/proc/${pid}/status`, 'utf8'), 'VmHWM') / 1024
}

function treeOf(root) {
  const parents = new Map(runningProcesses().map((pid) => [pid, parentOf(pid)]))
  const found = [root]
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child)
  }
  return found
}

const runningProcesses = () =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)

const threadsOf = (pid) => {
  try {
    return readdirSync(`/proc/${pid}/task`)
  } catch {
    return []
  }
}

const parentOf = (pid) => Number(statOf(pid)[1])

/** Own time in user and kernel mode; the kernel counts in hundredths of a second. */
const cpuMs = (pid) => (Number(statOf(pid)[11] ?? 0) + Number(statOf(pid)[12] ?? 0)) * 10

/** The name of a program may hold brackets and spaces, so fields count from the last bracket. */
function statOf(pid) {
  const stat = readOr(`/proc/${pid}/stat`, '')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

const pssKib = (pid) => kibOf(readOr(`/proc/${pid}/smaps_rollup`, ''), 'Pss')

const kibOf = (text, name) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0)

/** A process may end between being listed and being read. */
function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}
