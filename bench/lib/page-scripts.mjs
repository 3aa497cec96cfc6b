/* global document, requestAnimationFrame */
/**
 * What runs inside the measured pages. Each function stands alone: its text is sent to the page.
 * `now` is the page's clock as milliseconds since 1970.
 */

/** The bare window: its heading is there and two frames have been drawn. */
function watchHeading(tell, now) {
  const look = () => {
    if (document.querySelector('h1') === null) return requestAnimationFrame(look)
    tell({ name: 'listening', at: now() })
    requestAnimationFrame(() => requestAnimationFrame(() => tell({ name: 'ready', at: now() })))
  }
  look()
}

/**
 * The app: the first field that can be typed in and holds a kept value takes the focus, and then a
 * key that the measuring side sends as the system would.
 */
function watchInput(tell, now) {
  const takesKeys = (field) =>
    !field.disabled && !field.readOnly && field.value !== '' && field.checkVisibility()
  const look = () => {
    const field = [...document.querySelectorAll('main input, main textarea')].find(takesKeys)
    field?.focus()
    if (field === undefined || document.activeElement !== field) return requestAnimationFrame(look)
    const take = (event) => {
      if (event.isTrusted) tell({ name: 'ready', at: now(), value: field.value })
    }
    field.addEventListener('keydown', take, { once: true })
    tell({ name: 'listening', at: now() })
  }
  look()
}

/** Each time the page is hidden, and each time two frames have been drawn since it is not. */
function watchShown(tell, now) {
  let round = 0
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') {
      round += 1
      return tell({ name: `hidden-${round}`, at: now() })
    }
    const name = `shown-${round}`
    requestAnimationFrame(() => requestAnimationFrame(() => tell({ name, at: now() })))
  })
}

const wrap = (watch, mark = 'benchIsWatching') => `;(() => {
  if (location.protocol === 'about:' || globalThis.${mark}) return
  globalThis.${mark} = true
  const now = () => performance.timeOrigin + performance.now()
  const tell = (telling) => benchTellText(JSON.stringify(telling))
  tell({ name: 'watching', at: now(), state: document.readyState });
  (${watch})(tell, now)
})()`

export const bareWindowPage = wrap(watchHeading)
export const appPage = wrap(watchInput)
export const shownPage = wrap(watchShown, 'benchWatchesShowing')
