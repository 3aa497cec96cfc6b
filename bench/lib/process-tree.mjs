import { readdirSync, readFileSync } from 'node:fs'

/**
 * @returns the proportional set size of a process and all below it, in MiB: memory that several
 * share counts once, where summed resident sizes count it once for each.
 */
export function treePss(pid) {
  const sizes = treeOf(pid).map(pssKib)
  return { processes: sizes.length, mib: sizes.reduce((sum, size) => sum + size, 0) / 1024 }
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

/** The name of a program may hold brackets and spaces, so fields count from the last bracket. */
function parentOf(pid) {
  const stat = readOr(`/proc/${pid}/stat`, '')
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
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
