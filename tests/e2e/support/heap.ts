import type { Page } from 'playwright'

/** Everything that is in the page's memory, as text. */
export async function heapOf(page: Page): Promise<string> {
  const devTools = await page.context().newCDPSession(page)
  let text = ''
  devTools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => (text += chunk))
  try {
    await devTools.send('HeapProfiler.enable')
    await devTools.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    return text
  } finally {
    await devTools.detach()
  }
}
