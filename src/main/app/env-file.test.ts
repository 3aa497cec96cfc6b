import { describe, expect, it } from 'vitest'
import { connectionFrom, parseEnvFile } from './env-file'
import { credentialFrom } from './token-text'

const token = 'a1'.repeat(32)

const found = (text: string) => {
  const answer = parseEnvFile(text)
  if (!answer.ok) throw new Error(answer.error.kind)
  const { credential, ...rest } = answer.value
  return { ...rest, token: credential?.reveal() }
}

describe('.env file', () => {
  it.each([
    ['plain lines', `IBLAI_ORG=northwind\nIBLAI_USERNAME=noor\nIBLAI_API_KEY=${token}\n`],
    [
      'export and quotes',
      `export IBLAI_ORG="northwind"\nIBLAI_USERNAME='noor'\nIBLAI_API_KEY="${token}"`,
    ],
    [
      'Windows lines and a mark of order',
      `\uFEFFIBLAI_ORG=northwind\r\nIBLAI_USERNAME=noor\r\nIBLAI_API_KEY=${token}\r\n`,
    ],
    [
      'comments and spaces',
      `# mine\n IBLAI_ORG = northwind # org\nIBLAI_USERNAME=noor\n\nIBLAI_API_KEY= ${token}`,
    ],
    [
      'other variables',
      `PATH=/bin\nIBLAI_ORG=northwind\nIBLAI_USERNAME=noor\nIBLAI_API_KEY=${token}\nNODE_OPTIONS=x`,
    ],
    [
      'the last of two',
      `IBLAI_ORG=old\nIBLAI_ORG=northwind\nIBLAI_USERNAME=noor\nIBLAI_API_KEY=${token}`,
    ],
  ])('is read with %s', (_name, text) => {
    expect(found(text)).toEqual({
      org: 'northwind',
      username: 'noor',
      token,
      address: 'https://api.iblai.app',
      hasAddress: false,
    })
  })

  it('knows whether it names an address', () => {
    expect(found('IBLAI_BASE_URL=https://own.example')).toEqual({
      org: '',
      username: '',
      token: undefined,
      address: 'https://own.example',
      hasAddress: true,
    })
  })

  it('takes a comment for no value', () => {
    expect(found('IBLAI_ORG=northwind\nIBLAI_API_KEY= # to come').token).toBeUndefined()
  })

  it.each([
    ['empty', ''],
    ['of another app', 'DATABASE_URL=postgres://x\n__proto__=1'],
    ['with the keys but no values', 'IBLAI_ORG=\nIBLAI_API_KEY='],
    ['binary', '\u0000\u0001\u0002'],
  ])('has no settings when it is %s', (_name, text) => {
    expect(parseEnvFile(text)).toEqual({
      ok: false,
      error: { kind: 'file', reason: 'no-settings' },
    })
  })
})

describe('environment', () => {
  it('is nothing when no variable is set', () => {
    expect(connectionFrom({ IBLAI_ORG: '', IBLAI_API_KEY: undefined })).toBeUndefined()
  })
})

describe('pasted token', () => {
  it.each([
    token,
    `  ${token}\n`,
    `"${token}"`,
    `'${token}'`,
    `IBLAI_API_KEY=${token}`,
    `export IBLAI_API_KEY="${token}"`,
    `Api-Token ${token}`,
    `Authorization: Api-Token ${token}`,
    `\uFEFF${token}\u200B`,
  ])('is understood: %j', (text) => {
    const answer = credentialFrom(text)
    expect(answer.ok && answer.value.reveal()).toBe(token)
  })

  it.each(['', '   ', '""', 'two words', 'line\r\nbreak', 'tökén', 'emoji 🔑', 'nul\u0000'])(
    'is refused: %j',
    (text) => {
      expect(credentialFrom(text)).toMatchObject({
        error: { kind: 'refused-input', field: 'token' },
      })
    },
  )
})
