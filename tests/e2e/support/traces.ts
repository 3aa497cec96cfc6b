import { readdir, readFile, readlink } from 'node:fs/promises'
import { join } from 'node:path'

/** Files below a folder whose bytes contain the text. */
export async function filesWith(folder: string, text: string): Promise<readonly string[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of names) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const bytes = await readFile(path).catch(() => Buffer.alloc(0))
    if (hasText(bytes, text)) found.push(path)
  }
  return found
}

/** Also where it stands in two bytes a character, as browsers store some of their text. */
const hasText = (bytes: Buffer, text: string): boolean =>
  bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'))

export interface ProcessTrace {
  readonly id: number
  readonly command: string
  readonly environment: string
  readonly status: string
}

/** A process and all it has started, as the system knows them. */
export async function processTree(root: number): Promise<readonly ProcessTrace[]> {
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readProc(Number(name), 'stat')
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1]
    if (parent !== undefined) parents.set(Number(name), Number(parent))
  }
  const isBelow = (id: number | undefined): boolean =>
    id !== undefined && (id === root || isBelow(parents.get(id)))
  const ids = [...parents.keys()].filter(isBelow)
  return Promise.all(
    ids.map(async (id) => ({
      id,
      command: (await readProc(id, 'cmdline')).replaceAll('\0', ' '),
      environment: await readProc(id, 'environ'),
      status: await readProc(id, 'status'),
    })),
  )
}

async function readProc(id: number, file: string): Promise<string> {
  return readFile(`/proc/${String(id)}/${file}`, 'utf8').catch(() => '')
}

/** Addresses of the open TCP connections of a process, as `host:port`. */
export async function connectionsOf(id: number): Promise<readonly string[]> {
  const own = new Set<string>()
  for (const name of await readdir(`/proc/${String(id)}/fd`)) {
    const target = await readlink(`/proc/${String(id)}/fd/${name}`).catch(() => '')
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1]
    if (inode !== undefined) own.add(inode)
  }
  const table = await readProc(id, 'net/tcp')
  return table.split('\n').flatMap((line) => {
    const parts = line.trim().split(/\s+/)
    const [, , remote = '', state] = parts
    const inode = parts[9]
    return state === '01' && inode !== undefined && own.has(inode) ? [addressOf(remote)] : []
  })
}

function addressOf(hex: string): string {
  const [host = '', port = ''] = hex.split(':')
  const bytes = host.match(/../g)?.reverse() ?? []
  return `${bytes.map((byte) => Number.parseInt(byte, 16)).join('.')}:${String(Number.parseInt(port, 16))}`
}
