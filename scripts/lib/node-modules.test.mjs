import { describe, expect, it } from 'vitest'
import { isInstalled } from './node-modules.mjs'

const lock = lockOf({
  '': { name: 'project' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/for-another-system': { version: '1.0.0', integrity: 'sha512-b', optional: true },
})

describe('isInstalled', () => {
  it('says no when npm has no record', () => {
    expect(isInstalled(lock, undefined)).toBe(false)
  })

  it('accepts an installation without the optional packages of other systems', () => {
    const installed = lockOf({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } })
    expect(isInstalled(lock, installed)).toBe(true)
  })

  it('refuses an installation without a package', () => {
    expect(isInstalled(lock, lockOf({}))).toBe(false)
  })

  it('refuses another version', () => {
    const installed = lockOf({ 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } })
    expect(isInstalled(lock, installed)).toBe(false)
  })

  it('refuses other content under the same version', () => {
    const installed = lockOf({ 'node_modules/a': { version: '1.0.0', integrity: 'sha512-z' } })
    expect(isInstalled(lock, installed)).toBe(false)
  })
})

function lockOf(packages) {
  return { packages }
}
