/* global innerWidth, innerHeight -- read in the page */
/**
 * Drops files from outside onto a page, as a file manager does: the page gets real files with their
 * real paths.
 * In: a Playwright page, absolute paths, and where on the page (its middle by default).
 */
export async function dropFiles(page, paths, point) {
  const { x, y } = point ?? (await middleOf(page))
  const devTools = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  try {
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await devTools.send('Input.dispatchDragEvent', { type, x, y, data })
    }
  } finally {
    await devTools.detach()
  }
}

async function middleOf(page) {
  return page.evaluate(() => ({ x: Math.round(innerWidth / 2), y: Math.round(innerHeight / 2) }))
}
