import { createEvent, fireEvent, screen, waitFor } from '@testing-library/svelte'
import { describe, expect, it } from 'vitest'
import { aSectionView, anItem } from '../../../../tests/fakes/fake-main'
import type { SyncStatus } from '../../../shared/sync/status'
import { aSectionPage } from '../../../../tests/fakes/section-page'

const stored = {
  file: { name: 'cv.pdf', size: 388_000 },
  otherFiles: ['maps.pdf'],
  links: ['https://noor.example'],
}

const open = (item: Parameters<typeof anItem>[0] = {}, status?: SyncStatus) =>
  aSectionPage('resume', {
    views: [
      aSectionView({
        section: 'resume',
        items: [anItem({ id: 'self', values: stored, ...item })],
      }),
    ],
    ...(status && { start: { status } }),
  })

const waiting = {
  values: { ...stored, file: { name: 'cv-2026.pdf', size: 412_000, spoolId: 's' } },
  saved: stored,
  mutation: 'm',
}

describe('Résumé', () => {
  it('shows the file, and downloads it and what stands beside it', async () => {
    const { main, user } = await open()
    await user.click(await screen.findByRole('button', { name: 'Download cv.pdf' }))
    expect(main.inputOf('resume.download')).toEqual({})
    await user.click(screen.getByRole('button', { name: 'Download maps.pdf' }))
    expect(main.inputOf('resume.download')).toEqual({ name: 'maps.pdf' })
    await user.click(screen.getByRole('button', { name: 'Open in browser: noor.example' }))
    expect(main.inputOf('app.openLink')).toEqual({ url: 'https://noor.example' })
  })

  it('says that there is none only when the platform said so', async () => {
    await open({ values: { file: null, otherFiles: [], links: [] } })
    expect(await screen.findByRole('heading', { name: 'No résumé yet' })).toBeTruthy()
  })

  it('never shows a failed read as none', async () => {
    const view = aSectionView({
      section: 'resume',
      readAt: undefined,
      read: { kind: 'failed', error: { kind: 'timeout' }, at: 1 },
    })
    await aSectionPage('resume', { views: [view] })
    expect(screen.queryByText('No résumé yet')).toBeNull()
    expect(screen.getByRole('heading', { name: /could not be read/ })).toBeTruthy()
  })

  it('waits without a network, and can be called off', async () => {
    const status: SyncStatus = { kind: 'offline', since: 0, unsent: 1 }
    const { main, user } = await open({ ...waiting, marks: { file: 'here' } }, status)
    expect(await screen.findByText('On this computer, waiting')).toBeTruthy()
    expect(screen.getByText('Waiting for a network')).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Cancel upload' }))
    expect(main.inputOf('pending.undo')).toEqual({ mutation: 'm' })
  })

  it('says of a cancelled upload that it is looked for, without a second Cancel', async () => {
    const values = { ...stored, file: stored.file }
    await open({ ...waiting, values, marks: { file: 'sending' } })
    expect(await screen.findByText('Upload cancelled')).toBeTruthy()
    expect(screen.queryByRole('progressbar')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Cancel upload' })).toBeNull()
    expect(screen.queryByText('Will be replaced.')).toBeNull()
  })

  it('lets a file that arrived before it was cancelled be kept', async () => {
    const error = { kind: 'refused-input', field: 'file', problem: 'Not removable.' } as const
    const values = { ...stored, file: stored.file }
    const { main, user } = await open({ ...waiting, values, marks: { file: 'refused' }, error })
    expect(await screen.findByText(/had the file already/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Keep what is there' }))
    expect(main.inputOf('pending.undo')).toEqual({ mutation: 'm' })
  })

  it('shows progress in bytes', async () => {
    const status: SyncStatus = {
      kind: 'sending',
      unsent: 1,
      sentBytes: 264_000,
      totalBytes: 412_000,
    }
    await open({ ...waiting, marks: { file: 'sending' } }, status)
    const bar = await screen.findByRole('progressbar')
    expect(bar.getAttribute('aria-valuetext')).toBe('264 of 412 KB')
  })

  it('says why it was refused and tries again', async () => {
    const error = { kind: 'forbidden', host: 'api.iblai.app' } as const
    const { main, user } = await open({ ...waiting, marks: { file: 'refused' }, error })
    expect(await screen.findByText(/does not permit this to your token/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Retry' }))
    expect(main.inputOf('pending.retry')).toEqual({ mutation: 'm' })
  })

  describe('dragged out of the window', () => {
    const area = (name: string) =>
      screen.findByRole('group', { name: `${name}, can be dragged to a folder or another app` })

    it('is fetched ahead, and dragged by main instead of the page', async () => {
      const { main, toasts } = await open()
      const handle = await area('cv.pdf')
      expect([handle.draggable, handle.title]).toEqual([true, 'Drag it to a folder or another app'])
      await fireEvent.pointerEnter(handle)
      expect(main.inputOf('resume.prepareDrag')).toEqual({ file: 'stored' })
      const drag = createEvent.dragStart(handle)
      await fireEvent(handle, drag)
      expect(drag.defaultPrevented).toBe(true)
      expect(main.inputOf('resume.drag')).toEqual({ file: 'stored' })
      expect(toasts.current).toBeUndefined()
    })

    it('says that it can be dragged in a moment, and then why it cannot', async () => {
      const { main, toasts } = await open()
      main.answer('resume.drag', { ok: true, value: { hasBegun: false } })
      main.fail('resume.prepareDrag', { kind: 'server', host: 'api.iblai.app', status: 500 })
      await fireEvent.dragStart(await area('cv.pdf'))
      await waitFor(() => {
        expect(toasts.current?.text).toBe('Fetching cv.pdf: it can be dragged in a moment.')
      })
      toasts.dismiss()
      await waitFor(() => {
        expect(toasts.current?.text).toMatch(/^api\.iblai\.app has a fault\./)
      })
    })

    it('says that it is on the platform only while there is no network', async () => {
      const { main, toasts } = await open()
      main.fail('resume.drag', { kind: 'offline' })
      await fireEvent.dragStart(await area('cv.pdf'))
      await waitFor(() => {
        expect(toasts.current?.text).toBe(
          'cv.pdf is on northwind only: it can be dragged when the network is back.',
        )
      })
    })

    it('is the one on its way as well, of which a copy can be saved too', async () => {
      const { main, user } = await open({ ...waiting, marks: { file: 'here' } })
      await fireEvent.dragStart(await area('cv-2026.pdf'))
      expect(main.inputOf('resume.drag')).toEqual({ file: 'waiting' })
      await user.click(screen.getByRole('button', { name: 'Save a copy' }))
      expect(main.inputOf('resume.download')).toEqual({ file: 'waiting' })
    })
  })

  it('says in one sentence why a given file was not taken, until it is closed', async () => {
    const { app, main, user } = await open()
    main.fail('resume.upload', { kind: 'file', reason: 'not-pdf', found: 'a Word file' })
    await app.resumeUpload.take([new File(['x'], 'cv.docx')])
    expect(await screen.findByText(/^This is not a PDF/)).toBeTruthy()
    expect(screen.getByText(/starts like a Word file/)).toBeTruthy()
    await user.click(screen.getByRole('button', { name: 'Close this note' }))
    expect(screen.queryByText(/^This is not a PDF/)).toBeNull()
  })
})
