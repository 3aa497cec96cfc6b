import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOfSources, isBuilt, stampOf } from './build.mjs'

let root
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'iblai-build-'))
  write('src/main/index.ts', 'one')
  write('package.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('hashOfSources', () => {
  it.each([
    ['a changed file', () => write('src/main/index.ts', 'two')],
    ['a new file', () => write('src/shared/new.ts', '')],
    ['a removed file', () => rmSync(join(root, 'src/main/index.ts'))],
    ['a changed lockfile', () => write('package-lock.json', '{}')],
  ])('changes with %s', (_, change) => {
    const before = hashOfSources(root)
    change()
    expect(hashOfSources(root)).not.toBe(before)
  })

  it.each([
    ['a file written anew with the same text', () => write('src/main/index.ts', 'one')],
    ['a test', () => write('src/main/index.test.ts', 'test')],
    ['a file outside the sources', () => write('docs/a.md', 'text')],
  ])('stays with %s', (_, change) => {
    const before = hashOfSources(root)
    change()
    expect(hashOfSources(root)).toBe(before)
  })
})

describe('isBuilt', () => {
  it('knows nothing without a build', () => {
    expect(isBuilt(root, hashOfSources(root))).toBe(false)
  })

  it('accepts the build of these sources', () => {
    built()
    expect(isBuilt(root, hashOfSources(root))).toBe(true)
  })

  it('refuses a build of other sources', () => {
    built()
    write('src/main/index.ts', 'two')
    expect(isBuilt(root, hashOfSources(root))).toBe(false)
  })

  it('refuses files that somebody built by hand since', () => {
    built()
    utimesSync(join(root, 'out/main/index.js'), 1, 1)
    expect(isBuilt(root, hashOfSources(root))).toBe(false)
  })
})

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

function built() {
  write('out/main/index.js', 'built')
  write('out/.build-stamp', stampOf(root, hashOfSources(root)))
}
