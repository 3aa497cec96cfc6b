import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, open, symlink } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw, inflateRawSync } from 'node:zlib'

const endSignature = 0x06054b50
const entrySignature = 0x02014b50
const endSize = 22
const entrySize = 46
const localSize = 30
const symlinkType = 0o120000
const typeMask = 0o170000

/**
 * Unpacks a zip file with its modes and symbolic links.
 * In: `rename(name)` gives each entry its path below `folder`, or `undefined` to leave it out. No
 * zip64, no encryption.
 */
export async function extractZip(zipFile, folder, rename = (name) => name) {
  const file = await open(zipFile)
  try {
    for (const entry of await readEntries(file)) {
      const target = rename(entry.name)
      if (target !== undefined) await extractEntry({ file, zipFile, entry }, inside(folder, target))
    }
  } finally {
    await file.close()
  }
}

/**
 * @returns every entry of the central directory: name, mode, method, sizes and where its local
 * header stands.
 */
export async function readEntries(file) {
  const { size } = await file.stat()
  const tailStart = Math.max(0, size - 0xffff - endSize)
  const tail = await readAt(file, tailStart, size - tailStart)
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || tail.readUInt32LE(end) !== endSignature)
    throw new Error('This is not a zip file, or not a whole one.')
  const count = tail.readUInt16LE(end + 10)
  const start = tail.readUInt32LE(end + 16)
  if (count === 0xffff || start === 0xffffffff) throw new Error('Zip64 files are not read.')
  const directory = await readAt(file, start, tail.readUInt32LE(end + 12))
  const entries = []
  for (let offset = 0; entries.length < count;) {
    const { entry, length } = readEntry(directory, offset)
    entries.push(entry)
    offset += length
  }
  return entries
}

function readEntry(directory, offset) {
  if (directory.readUInt32LE(offset) !== entrySignature)
    throw new Error('The list inside the zip file is damaged.')
  const nameLength = directory.readUInt16LE(offset + 28)
  const nameStart = offset + entrySize
  const entry = {
    name: directory.toString('utf8', nameStart, nameStart + nameLength),
    mode: directory.readUInt32LE(offset + 38) >>> 16,
    method: directory.readUInt16LE(offset + 10),
    packedSize: directory.readUInt32LE(offset + 20),
    size: directory.readUInt32LE(offset + 24),
    headerAt: directory.readUInt32LE(offset + 42),
  }
  const length =
    entrySize +
    nameLength +
    directory.readUInt16LE(offset + 30) +
    directory.readUInt16LE(offset + 32)
  return { entry, length }
}

async function extractEntry({ file, zipFile, entry }, target) {
  if (entry.name.endsWith('/')) return void (await mkdir(target, { recursive: true }))
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`${entry.name}: unknown compression ${entry.method}.`)
  await mkdir(dirname(target), { recursive: true })
  const header = await readAt(file, entry.headerAt, localSize)
  const start = entry.headerAt + localSize + header.readUInt16LE(26) + header.readUInt16LE(28)
  if ((entry.mode & typeMask) === symlinkType) {
    const packed = await readAt(file, start, entry.packedSize)
    return symlink((entry.method === 8 ? inflateRawSync(packed) : packed).toString('utf8'), target)
  }
  await writeEntry({ zipFile, entry, start }, target)
}

async function writeEntry({ zipFile, entry, start }, target) {
  const out = createWriteStream(target)
  if (entry.size > 0) {
    const packed = createReadStream(zipFile, {
      start,
      end: start + entry.packedSize - 1,
      highWaterMark: 1 << 20,
    })
    await pipeline(
      packed,
      entry.method === 8 ? createInflateRaw({ chunkSize: 1 << 20 }) : new PassThrough(),
      out,
    )
    if (out.bytesWritten !== entry.size) throw new Error(`${entry.name}: the zip file is damaged.`)
  } else {
    await new Promise((resolve, reject) => out.on('error', reject).end(resolve))
  }
  const permissions = entry.mode & 0o777
  if (permissions !== 0) await chmod(target, permissions)
}

function inside(folder, name) {
  const path = normalize(name)
  if (isAbsolute(path) || path.split(sep).includes('..'))
    throw new Error(`${name}: points outside the folder.`)
  return join(folder, path)
}

async function readAt(file, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await file.read(buffer, 0, length, position)
  if (bytesRead < length) throw new Error('The zip file ends too early.')
  return buffer
}
