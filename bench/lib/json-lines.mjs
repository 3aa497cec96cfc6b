import { createInterface } from 'node:readline'

/** Calls `onValue` for each line of a stream that is a JSON object; other lines are left alone. */
export function readJsonLines(stream, onValue) {
  createInterface({ input: stream }).on('line', (line) => {
    if (!line.startsWith('{')) return
    try {
      onValue(JSON.parse(line))
    } catch {
      // Somebody else's output that begins like ours.
    }
  })
}

/** @returns the first JSON object a child process prints; rejects when it ends before. */
export function firstJsonLine(child) {
  return new Promise((resolve, reject) => {
    readJsonLines(child.stdout, resolve)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`ended with ${code} before it was ready`)))
  })
}
