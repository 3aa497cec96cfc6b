import { fireEvent, render, screen } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import ActionBar from './ActionBar.svelte'
import Avatar from './Avatar.svelte'
import DropOverlay from './DropOverlay.svelte'
import FormGroup from './FormGroup.svelte'
import Icon from './Icon.svelte'
import ListRow from './ListRow.svelte'
import Mark from './Mark.svelte'
import NavItem from './NavItem.svelte'
import Note from './Note.svelte'
import Panel from './Panel.svelte'
import Progress from './Progress.svelte'
import SectionHead from './SectionHead.svelte'
import Skeleton from './Skeleton.svelte'
import StatusPill from './StatusPill.svelte'
import { words } from './testing/words'

describe('Icon', () => {
  it('is decoration unless it has a name', async () => {
    const { rerender } = render(Icon, { name: 'lock' })
    expect(screen.queryByRole('img')).toBeNull()
    await rerender({ label: 'Locked' })
    expect(screen.getByRole('img', { name: 'Locked' })).toBeTruthy()
  })
})

describe('Mark', () => {
  it('says what it shows, and counts from two on', async () => {
    const { rerender } = render(Mark, { kind: 'here', label: '2 on this computer', count: 2 })
    expect(screen.getByRole('img', { name: '2 on this computer' }).textContent).toContain('2')
    await rerender({ count: 1, label: '1 on this computer' })
    expect(screen.getByRole('img').textContent).not.toContain('1')
  })

  it('is silent where words stand beside it', () => {
    render(Mark, { kind: 'draft', label: 'has a draft', isDecoration: true })
    expect(screen.queryByRole('img')).toBeNull()
  })
})

describe('NavItem', () => {
  it('is a link that knows when it is the current page', () => {
    render(NavItem, {
      label: 'Education',
      icon: 'graduation-cap',
      href: '#education',
      current: true,
    })
    expect(screen.getByRole('link', { name: 'Education', current: 'page' })).toBeTruthy()
  })

  it('reads its mark after its name', () => {
    render(NavItem, {
      label: 'Education',
      icon: 'graduation-cap',
      href: '#education',
      mark: words('needs you'),
    })
    expect(screen.getByRole('link', { name: /^Education ?, needs you$/ })).toBeTruthy()
  })

  it('is a button where it leads nowhere', async () => {
    const onclick = vi.fn()
    render(NavItem, { label: 'Pending changes', icon: 'inbox', expanded: false, onclick })
    await userEvent.click(screen.getByRole('button', { name: 'Pending changes', expanded: false }))
    expect(onclick).toHaveBeenCalledOnce()
  })
})

describe('StatusPill', () => {
  it('says word and detail as a status', () => {
    render(StatusPill, { kind: 'saved', word: 'Saved', detail: '14:30' })
    expect(screen.getByRole('status').textContent.trim()).toMatch(/^Saved\s+14:30$/)
  })

  it('keeps figures that run from being read out', () => {
    render(StatusPill, {
      kind: 'sending',
      word: 'Sending',
      detail: '264 of 412 KB',
      spokenDetail: 'one file',
    })
    expect(screen.getByText('264 of 412 KB').getAttribute('aria-hidden')).toBe('true')
    expect(screen.getByText('one file')).toBeTruthy()
  })
})

describe('SectionHead', () => {
  it('is the heading of the page and takes the focus when asked', () => {
    const { component } = render(SectionHead, { title: 'Basic' })
    // The compiler sees components without what they export; svelte-check sees it.
    const head = component as unknown as { readonly focus: () => void }
    head.focus()
    expect(screen.getByRole('heading', { level: 1, name: 'Basic' })).toBe(document.activeElement)
  })
})

describe('ActionBar', () => {
  it('holds what is kept and what can be done', () => {
    render(ActionBar, { label: 'Form', left: words('Draft'), children: words('Save') })
    expect(screen.getByRole('group', { name: 'Form' }).textContent).toMatch(/Draft\s*Save/)
  })
})

describe('FormGroup', () => {
  it('is a group named by its heading', () => {
    render(FormGroup, { heading: 'Contact', children: words('fields') })
    expect(screen.getByRole('group', { name: 'Contact' })).toBeTruthy()
    expect(screen.getByRole('heading', { level: 2, name: 'Contact' })).toBeTruthy()
  })
})

describe('Note', () => {
  it.each(['alert', 'status'] as const)('is read out as %s when that is wanted', (announced) => {
    render(Note, { kind: 'bad', title: 'This is not a PDF', announced })
    expect(screen.getByRole(announced).textContent).toContain('This is not a PDF')
  })

  it('is silent otherwise', () => {
    render(Note, { text: 'Your copy from today, 13:58' })
    expect(screen.queryByRole('alert') ?? screen.queryByRole('status')).toBeNull()
  })
})

describe('Panel', () => {
  it('says what is missing and what to do', () => {
    render(Panel, { icon: 'lock', title: 'Not permitted', text: 'Why', actions: words('Add') })
    expect(screen.getByRole('heading', { name: 'Not permitted' })).toBeTruthy()
    expect(screen.getByText('Why')).toBeTruthy()
    expect(screen.getByText('Add')).toBeTruthy()
  })
})

describe('Skeleton', () => {
  it('is busy and says who is being asked', () => {
    render(Skeleton, { label: 'Asking northwind', rows: 2 })
    const status = screen.getByRole('status')
    expect(status.textContent).toBe('Asking northwind')
    expect(status.closest('[aria-busy="true"]')).toBeTruthy()
  })
})

describe('Progress', () => {
  const upload = { label: 'cv.pdf', max: 412, valueText: '264 of 412 KB' }

  it('says its amount in words', () => {
    render(Progress, { ...upload, value: 264 })
    const bar = screen.getByRole('progressbar', { name: 'cv.pdf' })
    expect(bar.getAttribute('aria-valuetext')).toBe('264 of 412 KB')
    expect(bar.getAttribute('aria-valuenow')).toBe('264')
  })

  it.each([
    [0, ''],
    [102, ''],
    [103, '25 %'],
    [264, '50 %'],
    [411, '75 %'],
    [412, '100 %'],
  ])('at %d of 412 reads out %j', (value, spoken) => {
    render(Progress, { ...upload, value })
    expect(screen.getByRole('status').textContent).toBe(spoken)
  })

  it('stands at nothing while the size is unknown', () => {
    render(Progress, { ...upload, max: 0, value: 0 })
    expect(screen.getByRole('status').textContent).toBe('')
  })
})

describe('ListRow', () => {
  const row = { title: 'MSc, Hydrology', initial: 'U', second: 'University of Jordan' }

  it('opens by Enter and deletes by Delete', async () => {
    const onOpen = vi.fn()
    const onDelete = vi.fn()
    render(ListRow, { ...row, onOpen, onDelete })
    await userEvent.tab()
    await userEvent.keyboard('{Enter}{Delete}')
    expect(onOpen).toHaveBeenCalledOnce()
    expect(onDelete).toHaveBeenCalledOnce()
  })

  it('keeps its actions within reach of readers while they are not seen', () => {
    render(ListRow, { ...row, actions: words('Edit') })
    expect(screen.getByText('Edit').closest('[hidden], [aria-hidden]')).toBeNull()
  })

  it('says that it is the open one', () => {
    render(ListRow, { ...row, selected: true })
    expect(screen.getByRole('button', { name: 'MSc, Hydrology', current: true })).toBeTruthy()
  })

  it('says its state in a word', () => {
    render(ListRow, { ...row, state: 'here' })
    expect(screen.getByText('On this computer')).toBeTruthy()
  })
})

describe('Avatar', () => {
  it.each([
    ['Noor Haddad', 'NH'],
    ['noor', 'N'],
    ['Noor van den Haddad', 'NH'],
    ['', ''],
  ])('stands in for a picture of %j with %j', (name, initials) => {
    const { container } = render(Avatar, { name })
    expect(container.textContent.trim()).toBe(initials)
  })

  it('falls back to the letters when the picture cannot be shown', async () => {
    const { container } = render(Avatar, { name: 'Noor Haddad', src: 'x.png', label: 'Photo' })
    await fireEvent.error(screen.getByRole('img', { name: 'Photo' }))
    expect(container.textContent.trim()).toBe('NH')
  })
})

describe('DropOverlay', () => {
  it('says at once what a drop would do', () => {
    render(DropOverlay, { title: 'Drop the PDF', text: 'It replaces cv.pdf' })
    expect(screen.getByRole('alert').textContent).toMatch(/Drop the PDF\s+It replaces cv.pdf/)
  })
})
