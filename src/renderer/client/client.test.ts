import { expect, it } from 'vitest'
import { FakeMain } from '../../../tests/fakes/fake-main'
import { createClient, plainCopy } from './client'

it('copies what Svelte wraps, so that it can be cloned across the border', async () => {
  const main = new FakeMain()
  const client = createClient(main.client)
  const patch = new Proxy({ languages: new Proxy(['ar', 'en'], {}) }, {})
  await client.section.edit({ section: 'basic', item: 'self', patch })
  expect(main.inputOf('section.edit')).toEqual({
    section: 'basic',
    item: 'self',
    patch: { languages: ['ar', 'en'] },
  })
})

it('leaves bytes and files as they are', () => {
  const bytes = new Uint8Array([1, 2])
  const file = new File(['x'], 'cv.pdf')
  expect(plainCopy(bytes)).toBe(bytes)
  expect(plainCopy([file])).toEqual([file])
})

it('hands events on, and its undo ends them', () => {
  const main = new FakeMain()
  const heard: unknown[] = []
  const stop = createClient(main.client).app.show(({ section }) => heard.push(section))
  main.emit('app.show', { section: 'resume' })
  stop()
  main.emit('app.show', { section: 'basic' })
  expect(heard).toEqual(['resume'])
})

it('works over a frozen bridge, as preload exposes it', async () => {
  const main = new FakeMain()
  const frozen = Object.freeze({ ...main.client, app: Object.freeze({ ...main.client.app }) })
  const answer = await createClient(frozen).app.start({})
  expect(answer.ok).toBe(true)
})
