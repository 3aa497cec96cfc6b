import { fireEvent, render, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { aStartedApp } from '../../../../tests/fakes/fake-app'
import { FakeMain, aSectionView, aStartView, anItem } from '../../../../tests/fakes/fake-main'
import WithApp from '../../../../tests/fakes/WithApp.svelte'
import ResumeDrop from './ResumeDrop.svelte'

const cv = new File(['%PDF-1.7'], 'cv.pdf')

/** jsdom has neither drag events nor clipboards with files. */
function anEvent(type: string, files: readonly File[], types = ['Files']): Event {
  const event = new Event(type, { bubbles: true, cancelable: true })
  const transfer = { files, types, dropEffect: 'none' }
  return Object.assign(event, { dataTransfer: transfer, clipboardData: transfer })
}

async function aWindow() {
  const resume = aSectionView({
    section: 'resume',
    items: [anItem({ id: 'self', values: { file: { name: 'old.pdf' } } })],
  })
  const fake = await aStartedApp(new FakeMain(aStartView({ sections: [resume] })))
  render(WithApp, { app: fake.app, of: ResumeDrop })
  return fake
}

describe('a file over the window', () => {
  it('is announced with what it replaces, until it leaves', async () => {
    await aWindow()
    await fireEvent(window, anEvent('dragenter', [cv]))
    expect(await screen.findByText('Drop the PDF to make it your résumé')).toBeTruthy()
    expect(screen.getByText('It replaces old.pdf on northwind.')).toBeTruthy()
    await fireEvent(window, anEvent('dragleave', [cv]))
    await waitFor(() => {
      expect(screen.queryByText('Drop the PDF to make it your résumé')).toBeNull()
    })
  })

  it('becomes the résumé when dropped, and Résumé is shown', async () => {
    const { app, main } = await aWindow()
    await fireEvent(window, anEvent('dragenter', [cv]))
    const drop = anEvent('drop', [cv])
    await fireEvent(window, drop)
    expect(drop.defaultPrevented).toBe(true)
    expect(main.callsTo('resume.upload')[0]?.files).toEqual([cv])
    expect(app.section?.id).toBe('resume')
  })

  it('is refused as one sentence when there are several', async () => {
    const { app, main } = await aWindow()
    await fireEvent(window, anEvent('drop', [cv, cv]))
    expect(app.resumeUpload.error).toEqual({ kind: 'file', reason: 'several' })
    expect(main.callsTo('resume.upload')).toHaveLength(0)
  })

  it('keeps the reason of a refused file until it is closed', async () => {
    const { app, main } = await aWindow()
    main.fail('resume.upload', { kind: 'file', reason: 'not-pdf', found: 'a PNG picture' })
    await fireEvent(window, anEvent('drop', [cv]))
    await waitFor(() => {
      expect(app.resumeUpload.error?.kind).toBe('file')
    })
    app.resumeUpload.closeError()
    expect(app.resumeUpload.error).toBeUndefined()
  })

  it('is left alone while it is the one that was dragged out of it', async () => {
    const { app, main } = await aWindow()
    const letGo = main.hold('resume.drag')
    const dragged = app.resumeUpload.drag.drag('stored')
    await fireEvent(window, anEvent('dragenter', [cv]))
    const over = anEvent('dragover', [cv])
    await fireEvent(window, over)
    expect(over).toMatchObject({ defaultPrevented: true, dataTransfer: { dropEffect: 'none' } })
    await fireEvent(window, anEvent('drop', [cv]))
    expect(screen.queryByText('Drop the PDF to make it your résumé')).toBeNull()
    letGo({ ok: true, value: { hasBegun: true } })
    await dragged
    expect(main.callsTo('resume.upload')).toHaveLength(0)
    await fireEvent(window, anEvent('drop', [cv]))
    expect(main.callsTo('resume.upload')).toHaveLength(1)
  })

  it('leaves dragged text alone', async () => {
    await aWindow()
    const drag = anEvent('dragover', [], ['text/plain'])
    await fireEvent(window, drag)
    expect(drag.defaultPrevented).toBe(false)
  })

  it('can be pasted', async () => {
    const { main } = await aWindow()
    await fireEvent(document.body, anEvent('paste', [cv]))
    expect(main.callsTo('resume.upload')).toHaveLength(1)
  })

  it('is not taken from a paste of text into a field', async () => {
    const { main } = await aWindow()
    const input = document.body.appendChild(document.createElement('input'))
    await fireEvent(input, anEvent('paste', [cv], ['Files', 'text/plain']))
    input.remove()
    expect(main.callsTo('resume.upload')).toHaveLength(0)
  })
})
