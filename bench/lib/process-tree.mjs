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
 * @returns the processor time a process and all below it have used, in ms. Other work on the machine
 * stretches every clock but hardly this one.
 */
export function treeCpuMs(pid) {
  return treeOf(pid).reduce((sum, one) => sum + cpuMs(one), 0)
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
