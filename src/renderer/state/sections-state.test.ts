import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../tests/fakes/fake-app'
import { FakeMain, aSectionView, aStartView, anItem } from '../../../tests/fakes/fake-main'
import { education } from '../../shared/domain/sections/education'
import { institutions } from '../../shared/domain/sections/institutions'

const msc = anItem({
  id: '7',
  values: { institution: 'i1', degree: 'MSc', fieldOfStudy: 'Hydrology' },
  labels: { institution: 'University of Jordan' },
})
const educationView = aSectionView({ section: 'education', items: [msc] })
const jordan = anItem({ id: 'i1', values: { name: 'Jordan University' } })

const start = (...more: ReturnType<typeof aSectionView>[]) =>
  aStartedApp(new FakeMain(aStartView({ sections: [educationView, ...more] })))

describe('SectionsState', () => {
  it('keeps what an event brought over the older start snapshot', async () => {
    const { app, main } = await start()
    main.show(aSectionView({ section: 'education', items: [] }))
    app.sections.fill([educationView])
    expect(app.sections.view(education.id)?.items).toEqual([])
  })

  it('names a reference by the record it points to', async () => {
    const { app } = await start(aSectionView({ section: 'institutions', items: [jordan] }))
    expect(app.sections.labelOf(education, msc, 'institution')).toBe('Jordan University')
  })

  it('falls back to the label that came with the record', async () => {
    const { app } = await start()
    expect(app.sections.labelOf(education, msc, 'institution')).toBe('University of Jordan')
  })

  it('does not use that label for a reference chosen since', async () => {
    const { app } = await start()
    const edited = { ...msc, values: { ...msc.values, institution: 'i9' } }
    expect(app.sections.labelOf(education, edited, 'institution')).toBe('')
  })

  it('remembers names met on pages of a long list', async () => {
    const { app, main } = await start()
    main.answer('section.page', { ok: true, value: { total: 300, offset: 200, items: [jordan] } })
    await app.sections.page(institutions.id, { offset: 200, limit: 100 })
    expect(app.sections.nameOf(institutions.id, 'i1')).toBe('Jordan University')
  })

  it('gets the items of a section of which only the head is here', async () => {
    const head = { ...educationView, items: [] }
    const main = new FakeMain(aStartView({ sections: [head] }))
    const { app } = await aStartedApp(main)
    main.answer('section.view', { ok: true, value: educationView })
    await app.sections.open(education)
    expect(app.sections.view(education.id)?.items).toHaveLength(1)
    expect(main.inputOf('section.opened')).toEqual({ section: 'education' })
  })

  it('offers to take a deletion back', async () => {
    const { app, main, toasts } = await start()
    await app.sections.remove(education, msc)
    expect(toasts.current?.text).toBe('Deleted “MSc, Hydrology”')
    toasts.undo()
    expect(main.inputOf('pending.undo')).toEqual({ mutation: 'mutation-1' })
  })

  it('says nothing of a deletion that was not taken', async () => {
    const { app, main, toasts } = await start()
    main.fail('section.remove', { kind: 'storage', reason: 'full' })
    const answer = await app.sections.remove(education, msc)
    expect(answer.ok).toBe(false)
    expect(toasts.current).toBeUndefined()
  })
})
