import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { catchLostFocus } from './lost-focus'

const page = `
  <main>
    <h1 tabindex="-1">Education</h1>
    <section aria-label="MSc"><h2 tabindex="-1">MSc</h2><button>Keep mine</button></section>
    <div role="status"><button>Undo</button></div>
  </main>
  <aside><h2 tabindex="-1">Pending changes</h2><ul><li><button>Retry</button></li></ul></aside>`

const button = (name: string): HTMLElement => {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const seen = () => new Promise((resolve) => setTimeout(resolve, 0))
const focused = () => document.activeElement?.textContent

describe('what had the focus is gone', () => {
  let stop: () => void
  beforeEach(() => {
    document.body.innerHTML = page
    stop = catchLostFocus()
  })
  afterEach(() => {
    stop()
    document.body.innerHTML = ''
  })

  it.each([
    ['Keep mine', 'MSc'],
    ['Retry', 'Pending changes'],
    ['Undo', 'Education'],
  ])('%s: focus goes to the heading of its part', async (name, heading) => {
    button(name).focus()
    button(name).remove()
    await seen()
    expect(focused()).toBe(heading)
  })

  it('together with its part: to the part around', async () => {
    button('Keep mine').focus()
    document.querySelector('section')?.remove()
    await seen()
    expect(focused()).toBe('Education')
  })

  it('leaves alone who has gone elsewhere, or is somewhere', async () => {
    button('Retry').focus()
    button('Undo').focus()
    button('Retry').remove()
    await seen()
    expect(focused()).toBe('Undo')
  })

  it('keeps the place that was chosen for it', async () => {
    button('Retry').focus()
    button('Retry').remove()
    button('Undo').focus()
    await seen()
    expect(focused()).toBe('Undo')
  })
})
