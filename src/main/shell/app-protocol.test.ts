import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshFolder } from '../../../tests/fakes/main-folder'
import { answerAppRequest, contentPolicy } from './app-protocol'

const jpeg = Buffer.of(0xff, 0xd8, 0xff, 0xe0)

/** A built page with a secret beside its folder. */
async function aBundle() {
  const home = await freshFolder()
  const folder = join(home, 'renderer')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(folder, 'index.html'), '<!doctype html>')
  await writeFile(join(folder, 'assets', 'index.js'), 'export {}')
  await writeFile(join(folder, 'assets', 'page.wasm'), 'x')
  await writeFile(join(home, 'secret'), 'secret')
  await mkdir(join(home, 'renderer-evil'))
  await writeFile(join(home, 'renderer-evil', 'x.js'), 'secret')
  await symlink(join(home, 'secret'), join(folder, 'link.js'))
  await symlink(home, join(folder, 'out'))
  const pictures: (readonly string[])[] = []
  const get = (url: string, method = 'GET') =>
    answerAppRequest(
      { method, url },
      {
        folder,
        picture: (path) => {
          pictures.push(path)
          return Promise.resolve(path[1] === 'w-1' ? jpeg : undefined)
        },
      },
    )
  return { get, pictures }
}

describe('the app’s own scheme', () => {
  it.each([
    ['app://bundle/', 'text/html; charset=utf-8'],
    ['app://bundle/index.html', 'text/html; charset=utf-8'],
    ['app://bundle/index.html?x=1#y', 'text/html; charset=utf-8'],
    ['app://bundle/assets/index.js', 'text/javascript; charset=utf-8'],
    ['app://bundle/assets/./index.js', 'text/javascript; charset=utf-8'],
    ['app://bundle/assets/page.wasm', 'application/octet-stream'],
  ])('serves %s', async (url, type) => {
    const answer = await (await aBundle()).get(url)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, type])
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toBe(contentPolicy)
  })

  it.each([
    ['C1', 'app://bundle/../../secret'],
    ['C1 within the path', 'app://bundle/assets/../../secret'],
    ['C2', 'app://bundle/%2e%2e%2fsecret'],
    ['C2 in capitals', 'app://bundle/assets/%2E%2E/%2E%2E/secret'],
    ['C3', 'app://bundle/%252e%252e%252fsecret'],
    ['C4', 'app://bundle/..\\secret'],
    ['C4 encoded', 'app://bundle/..%5csecret'],
    ['C5', 'app://bundle/index.html%00.js'],
    ['C6', 'app://bundle.evil/index.html'],
    ['C6 with a name before it', 'app://bundle@evil/index.html'],
    ['C6 as a name', 'app://noor@bundle/index.html'],
    ['C6 with a port', 'app://bundle:80/index.html'],
    ['C6 in another scheme', 'https://bundle/index.html'],
    ['C7', 'app://bundle/link.js'],
    ['C7 through a folder', 'app://bundle/out/secret'],
    ['a folder whose name begins like ours', 'app://bundle/%2e%2e/renderer-evil/x.js'],
    ['a folder', 'app://bundle/assets'],
    ['a file that is not there', 'app://bundle/profile/me'],
    ['a broken escape', 'app://bundle/%E0%A4%A'],
    ['no address', 'app'],
  ])('gives nothing for %s', async (_name, url) => {
    const answer = await (await aBundle()).get(url)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).toBe('')
  })

  it.each(['POST', 'HEAD', 'PUT', 'OPTIONS'])('C8: answers no %s', async (method) => {
    expect((await (await aBundle()).get('app://bundle/index.html', method)).status).toBe(405)
  })

  it('C9: gives the whole file whatever part is asked for', async () => {
    const answer = await (await aBundle()).get('app://bundle/index.html')
    expect([answer.status, await answer.text()]).toEqual([200, '<!doctype html>'])
  })
})

describe('pictures', () => {
  it('are given by the path below their kind', async () => {
    const { get, pictures } = await aBundle()
    const answer = await get('app://bundle/photo/w-1?v=3')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(pictures).toEqual([['photo', 'w-1']])
  })

  it.each(['app://bundle/photo/w-2', 'app://bundle/spool/', 'app://bundle/spool/%2e%2e/journal'])(
    'are none at %s',
    async (url) => {
      expect((await (await aBundle()).get(url)).status).toBeGreaterThanOrEqual(400)
    },
  )

  it('are never taken for something that runs', async () => {
    const answer = await answerAppRequest(
      { method: 'GET', url: 'app://bundle/photo/w-1' },
      { folder: '/', picture: () => Promise.resolve(Buffer.from('<svg onload="x">')) },
    )
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  })
})

it('allows no unsafe directive and no network', () => {
  expect(contentPolicy).not.toMatch(/unsafe|http|\*|data:|blob:/)
  expect(contentPolicy).toContain("default-src 'none'")
  expect(contentPolicy).toContain("connect-src 'none'")
})
