import { expect, test } from '../app'

const escapes = [
  'app://bundle/../../package.json',
  'app://bundle/..%2f..%2fpackage.json',
  'app://bundle/%2e%2e/%2e%2e/package.json',
  'app://bundle/%252e%252e%252fpackage.json',
  'app://bundle/..\\..\\package.json',
  'app://bundle/..%5c..%5cpackage.json',
  'app://bundle/index.html%00.png',
  'app://bundle//etc/passwd',
  'app://bundle/photo/../../../../etc/passwd',
  'app://bundle/spool/..%2f..%2fpreferences.json',
  'app://bundle/nothing-here',
  'app://other/index.html',
]

test('the app’s own scheme serves the page and nothing beside it', async ({ app }) => {
  await app.start()
  const ask = (url: string, method = 'GET') =>
    app.electron().evaluate(
      async ({ net }, { address, verb }) => {
        const answer = await net.fetch(address, { method: verb }).catch(() => undefined)
        return {
          status: answer?.status ?? 0,
          text: (await answer?.text()) ?? '',
          sniff: answer?.headers.get('x-content-type-options'),
          type: answer?.headers.get('content-type'),
        }
      },
      { address: url, verb: method },
    )
  expect(await ask('app://bundle/')).toMatchObject({
    status: 200,
    sniff: 'nosniff',
    type: 'text/html; charset=utf-8',
  })
  for (const url of escapes) {
    const { status, text } = await ask(url)
    expect([url, status >= 400 || status === 0, text]).toEqual([url, true, ''])
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD']) {
    expect((await ask('app://bundle/index.html', method)).status).not.toBe(200)
  }
})
