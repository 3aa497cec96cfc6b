import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { extractZip } from './zip.mjs'

let folder
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'iblai-zip-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const aFile = { name: 'a/text.txt', content: 'hello '.repeat(1000), mode: 0o100644, isPacked: true }

describe('extractZip', () => {
  it('unpacks packed and stored files with their modes', async () => {
    const program = { name: 'run', content: '#!/bin/sh\n', mode: 0o100755 }
    await extractZip(zipOf([{ name: 'a/', content: '', mode: 0o40755 }, aFile, program]), out())
    expect(readFileSync(out('a/text.txt'), 'utf8')).toBe(aFile.content)
    expect(lstatSync(out('run')).mode & 0o777).toBe(0o755)
  })

  it('unpacks an empty file', async () => {
    await extractZip(zipOf([{ name: 'empty', content: '', mode: 0o100600 }]), out())
    expect(lstatSync(out('empty')).size).toBe(0)
  })

  it('makes a symbolic link', async () => {
    await extractZip(zipOf([{ name: 'link', content: 'a/text.txt', mode: 0o120777 }, aFile]), out())
    expect(readlinkSync(out('link'))).toBe('a/text.txt')
  })

  it('renames entries and leaves out those without a name', async () => {
    const zip = zipOf([aFile, { name: 'secret', content: 'x', mode: 0o100644 }])
    await extractZip(zip, out(), (name) => (name === 'secret' ? undefined : 'renamed'))
    expect(readFileSync(out('renamed'), 'utf8')).toBe(aFile.content)
    expect(() => lstatSync(out('secret'))).toThrow('ENOENT')
  })

  it.each(['../outside', '/outside', 'a/../../outside'])('refuses the path %s', async (name) => {
    const zip = zipOf([{ name, content: 'x', mode: 0o100644 }])
    await expect(extractZip(zip, out())).rejects.toThrow('outside')
  })

  it('refuses half a file', async () => {
    const zip = zipOf([aFile])
    writeFileSync(zip, readFileSync(zip).subarray(0, 40))
    await expect(extractZip(zip, out())).rejects.toThrow('not a whole one')
  })

  it('refuses a file whose content is not as long as it says', async () => {
    const zip = zipOf([{ ...aFile, claimedSize: 7 }])
    await expect(extractZip(zip, out())).rejects.toThrow('damaged')
  })
})

function out(path = '') {
  return join(folder, 'out', path)
}

/** Writes a zip file the plain way: local entries, central directory, end record. */
function zipOf(files) {
  const locals = []
  const directory = []
  let at = 0
  for (const { name, content, mode, isPacked = false, claimedSize } of files) {
    const bytes = isPacked ? deflateRawSync(content) : Buffer.from(content)
    const size = claimedSize ?? Buffer.byteLength(content)
    const fields = { method: isPacked ? 8 : 0, packedSize: bytes.length, size, mode, at, name }
    const local = Buffer.concat([header(0x04034b50, 30, fields), Buffer.from(name), bytes])
    directory.push(header(0x02014b50, 46, fields), Buffer.from(name))
    locals.push(local)
    at += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  const file = join(folder, 'test.zip')
  writeFileSync(file, Buffer.concat([...locals, list, end]))
  return file
}

function header(signature, length, { method, packedSize, size, mode, at, name }) {
  const bytes = Buffer.alloc(length)
  const shift = length === 46 ? 2 : 0
  bytes.writeUInt32LE(signature, 0)
  bytes.writeUInt16LE(method, 8 + shift)
  bytes.writeUInt32LE(packedSize, 18 + shift)
  bytes.writeUInt32LE(size, 22 + shift)
  bytes.writeUInt16LE(Buffer.byteLength(name), 26 + shift)
  if (length === 46) {
    bytes.writeUInt32LE((mode << 16) >>> 0, 38)
    bytes.writeUInt32LE(at, 42)
  }
  return bytes
}
