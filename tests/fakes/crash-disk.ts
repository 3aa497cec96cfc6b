import { dirname, join } from 'node:path'

/** What is left of a disk after the power has failed. */
export type Loss =
  | { readonly kind: 'nothing' }
  /** Everything that was not flushed, names and contents. */
  | { readonly kind: 'unflushed' }
  /** Of the last write only the first bytes arrived. */
  | { readonly kind: 'torn'; readonly bytes: number }
  /** Names are there, of what was not flushed only the length: zeros. */
  | { readonly kind: 'contents' }
  /** Contents are there, names that were not flushed are not. */
  | { readonly kind: 'names' }

interface Node {
  bytes: Buffer
  flushed: Buffer
  isFolder: boolean
}

type Names = Map<string, Node>

const copyOf = (names: Names): Names => new Map(names)

/** An in-memory file system that knows what is flushed. Every call can fail or be the last. */
export class CrashDisk {
  #names: Names = new Map()
  #flushedNames: Names = new Map()
  #lastWrite: { node: Node; from: number; length: number } | undefined
  #calls: string[] = []
  /** Called before each call that may change something; throws to make it fail. */
  before: (call: number, name: string) => void = () => undefined

  constructor() {
    for (const path of ['/', '/data']) {
      const node = { bytes: Buffer.alloc(0), flushed: Buffer.alloc(0), isFolder: true }
      this.#names.set(path, node)
      this.#flushedNames.set(path, node)
    }
  }

  get calls(): readonly string[] {
    return this.#calls
  }

  /** Everything so far is safe, and counting begins anew. */
  settle(): void {
    for (const node of this.#names.values()) node.flushed = node.bytes
    this.#flushedNames = copyOf(this.#names)
    this.#lastWrite = undefined
    this.#calls = []
    this.before = () => undefined
  }

  lose(loss: Loss): void {
    const last = this.#lastWrite
    if (loss.kind === 'torn' && last) {
      const end = last.from + Math.min(loss.bytes, last.length)
      last.node.bytes = last.node.bytes.subarray(0, end)
    }
    if (loss.kind === 'unflushed' || loss.kind === 'names') this.#names = this.#reachable()
    for (const node of this.#names.values()) {
      if (loss.kind === 'unflushed') node.bytes = node.flushed
      if (loss.kind === 'contents') node.bytes = zeroed(node)
    }
    this.settle()
  }

  /** A name counts only where the folder it is in does. */
  #reachable(): Names {
    const isThere = (path: string): boolean =>
      path === '/' || (this.#flushedNames.has(path) && isThere(dirname(path)))
    return new Map([...this.#flushedNames].filter(([path]) => isThere(path)))
  }

  put(path: string, bytes: Buffer): void {
    this.#names.set(path, { bytes, flushed: bytes, isFolder: false })
  }

  bytesOf(path: string): Buffer | undefined {
    return this.#names.get(path)?.bytes
  }

  #called(name: string): void {
    this.before(this.#calls.length + 1, name)
    this.#calls.push(name)
  }

  #node(path: string): Node {
    const node = this.#names.get(path)
    if (!node) throw fault('ENOENT')
    return node
  }

  #flush(path: string, node: Node): void {
    this.#called(node.isFolder ? 'flush a folder' : 'flush')
    node.flushed = node.bytes
    if (this.#lastWrite?.node === node) this.#lastWrite = undefined
    if (!node.isFolder) return
    const inFolder = (name: string) => name !== path && dirname(name) === path
    for (const name of [...this.#flushedNames.keys()].filter(inFolder)) {
      if (!this.#names.has(name)) this.#flushedNames.delete(name)
    }
    for (const [name, entry] of this.#names) if (inFolder(name)) this.#flushedNames.set(name, entry)
  }

  #write(node: Node, bytes: Buffer): void {
    this.#called('write')
    this.#lastWrite = { node, from: node.bytes.length, length: bytes.length }
    node.bytes = Buffer.concat([node.bytes, bytes])
  }

  #open(path: string, flags: string | number = 'r') {
    const makes = typeof flags === 'string' && flags !== 'r'
    if (makes) this.#called('open')
    if (makes && !this.#names.has(dirname(path))) throw fault('ENOENT')
    if (makes && !this.#names.has(path)) {
      const node = { bytes: Buffer.alloc(0), flushed: Buffer.alloc(0), isFolder: false }
      this.#names.set(path, node)
    }
    const node = this.#node(path)
    if (flags === 'w') node.bytes = Buffer.alloc(0)
    return this.#handle(path, node)
  }

  #handle(path: string, node: Node) {
    const stats = { size: 0, isFile: () => !node.isFolder }
    return {
      stat: () => later(() => ({ ...stats, size: node.bytes.length })),
      read: (into: Buffer, offset: number, length: number, position: number) =>
        later(() => {
          const bytesRead = node.bytes.copy(into, offset, position, position + length)
          return { bytesRead, buffer: into }
        }),
      write: (bytes: Buffer, offset = 0) =>
        later(() => {
          this.#write(node, bytes.subarray(offset))
          return { bytesWritten: bytes.length - offset }
        }),
      writeFile: (content: string | Uint8Array) =>
        later(() => this.#write(node, Buffer.from(content as Uint8Array))),
      truncate: (length: number) =>
        later(() => {
          this.#called('truncate')
          node.bytes = node.bytes.subarray(0, length)
        }),
      sync: () => later(() => this.#flush(path, node)),
      datasync: () => later(() => this.#flush(path, node)),
      close: () => later(() => undefined),
    }
  }

  /** In the place of `node:fs/promises`. */
  readonly promises = {
    open: (path: string, flags?: string | number) => later(() => this.#open(path, flags)),
    readFile: (path: string) => later(() => Buffer.from(this.#node(path).bytes)),
    writeFile: (path: string, content: Uint8Array) =>
      later(() => {
        this.#open(path, 'w')
        this.#write(this.#node(path), Buffer.from(content))
      }),
    lstat: (path: string) => later(() => ({ size: this.#node(path).bytes.length })),
    readdir: (path: string) =>
      later(() => {
        this.#node(path)
        const inside = [...this.#names.keys()].filter((name) => dirname(name) === path)
        return inside.filter((name) => name !== '/').map((name) => name.slice(path.length + 1))
      }),
    mkdir: (path: string) => later(() => this.#makeFolder(path)),
    rename: (from: string, to: string) =>
      later(() => {
        this.#called('rename')
        this.#names.set(to, this.#node(from))
        this.#names.delete(from)
      }),
    rm: (path: string) =>
      later(() => {
        this.#called('remove')
        for (const name of [...this.#names.keys()]) {
          if (name === path || name.startsWith(join(path, '/'))) this.#names.delete(name)
        }
      }),
  }

  /** With all folders above it. Out: the uppermost that was made, as Node tells it. */
  #makeFolder(path: string): string | undefined {
    if (this.#names.has(path)) return undefined
    const above = this.#makeFolder(dirname(path))
    this.#called('make a folder')
    this.#names.set(path, { bytes: Buffer.alloc(0), flushed: Buffer.alloc(0), isFolder: true })
    return above ?? path
  }
}

const zeroed = ({ bytes, flushed }: Node): Buffer => {
  if (bytes === flushed) return bytes
  const kept = flushed.subarray(0, bytes.length)
  return Buffer.concat([kept, Buffer.alloc(bytes.length - kept.length)])
}

export const fault = (code: string): Error => Object.assign(new Error(code), { code })

async function later<T>(act: () => T): Promise<T> {
  await Promise.resolve()
  return act()
}
