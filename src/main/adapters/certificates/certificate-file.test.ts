import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { derOf, makeCertificate } from '../../../../tests/fakes/certificates'
import { ManualClock } from '../../../../tests/fakes/main-clock'
import { freshFolder } from '../../../../tests/fakes/main-folder'
import { readCertificateFile } from './certificate-file'

const clock = new ManualClock()
const around = {
  from: new Date(clock.now() - 86_400_000),
  until: new Date(clock.now() + 86_400_000),
}
const root = makeCertificate({ name: 'Office Root', isAuthority: true, ...around })
const second = makeCertificate({ name: 'Zweigstelle Ö', isAuthority: true, ...around })
const old = makeCertificate({
  name: 'Old Root',
  from: new Date(clock.now() - 9 * 86_400_000),
  until: new Date(clock.now() - 86_400_000),
})

async function read(content: string | Uint8Array) {
  const path = join(await freshFolder(), 'office.pem')
  await writeFile(path, content)
  return readCertificateFile(path, clock)
}

it('reads several with text between them', async () => {
  const result = await read(`# Ours\n${root.certificate}\n# More\r\n${second.certificate}`)
  expect(result).toMatchObject({ ok: true, value: { names: ['Office Root', 'Zweigstelle Ö'] } })
  if (result.ok) expect(result.value.certificates[0]).toBe(root.certificate)
})

it('reads one in DER', async () => {
  expect(await read(derOf(root))).toMatchObject({ ok: true, value: { names: ['Office Root'] } })
})

it('takes a file in which one of several has expired', async () => {
  expect((await read(root.certificate + old.certificate)).ok).toBe(true)
})

it.each([
  ['nothing', '', 'no-certificate'],
  ['other text', 'hello', 'no-certificate'],
  ['one that is cut off', root.certificate.slice(0, 200), 'no-certificate'],
  [
    'one good and one broken',
    root.certificate + root.certificate.replace(/MII\w{6}/, 'MIIaaaaaa'),
    'no-certificate',
  ],
  ['a private key', root.certificate + root.key, 'has-private-key'],
  ['only expired ones', old.certificate, 'expired-certificate'],
  ['a megabyte and more', root.certificate + ' '.repeat(1_100_000), 'no-certificate'],
])('refuses %s', async (_what, content, reason) => {
  expect(await read(content)).toEqual({ ok: false, error: { kind: 'file', reason } })
})

it('says that a file is not there or is a folder', async () => {
  const folder = await freshFolder()
  await mkdir(join(folder, 'a.pem'))
  const at = (name: string) => readCertificateFile(join(folder, name), clock)
  expect(await at('b.pem')).toEqual({ ok: false, error: { kind: 'file', reason: 'not-found' } })
  expect(await at('a.pem')).toEqual({ ok: false, error: { kind: 'file', reason: 'not-a-file' } })
})
