import { describe, expect, it } from 'vitest'
import { ipcContract } from '../../src/shared/ipc/contract'
import { FakeMain, aSectionView, aStartView, anItem } from './fake-main'

const education = aSectionView({
  section: 'education',
  items: [anItem({ id: '7', values: { degree: 'MSc' } })],
})

describe('FakeMain', () => {
  it('has every endpoint of the contract', () => {
    const { client } = new FakeMain()
    for (const [group, endpoints] of Object.entries(ipcContract)) {
      const members = Object.entries(client).find(([name]) => name === group)?.[1] ?? {}
      expect(Object.keys(members)).toEqual(Object.keys(endpoints))
    }
  })

  it('refuses what the contract would refuse', async () => {
    const { client } = new FakeMain()
    await expect(client.section.view({ section: 'No Section' })).rejects.toThrow()
  })

  it('refuses what cannot be cloned across the border', async () => {
    const { client } = new FakeMain()
    const values = new Proxy({ degree: 'MSc' }, {})
    await expect(client.section.create({ section: 'education', values })).rejects.toThrow()
  })

  it('shows an edit at once, as kept on this computer', async () => {
    const main = new FakeMain(aStartView({ sections: [education] }))
    const seen: unknown[] = []
    main.client.section.changed((view) => seen.push(view.items[0]?.values['degree'], view.mark))
    await main.client.section.edit({ section: 'education', item: '7', patch: { degree: 'PhD' } })
    expect(seen).toEqual(['PhD', 'here'])
  })
})
