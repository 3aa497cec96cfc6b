import { format, inspect } from 'node:util'
import { expect, it } from 'vitest'
import { Credential } from './credential'

const secret = 'a1b2c3d4e5'
const credential = new Credential(secret)

it.each<readonly [string, () => string]>([
  ['text', () => String(credential)],
  ['joined text', () => 'token: ' + String(credential)],
  ['JSON', () => JSON.stringify({ credential, list: [credential] })],
  ['inspect', () => inspect({ credential }, { depth: 9, showHidden: true })],
  ['inspect without custom printing', () => inspect(credential, { customInspect: false })],
  ['format', () => format('%s %o %j', credential, credential, credential)],
  ['a structured clone', () => JSON.stringify(structuredClone(Object.assign({}, credential)))],
  ['its keys', () => JSON.stringify(Object.entries(credential))],
  ['an error', () => String(new Error('refused', { cause: credential }).cause)],
])('does not print in %s', (_name, print) => {
  expect(print()).not.toContain(secret)
})

it('reveals itself when asked by name', () => {
  expect(credential.reveal()).toBe(secret)
})
