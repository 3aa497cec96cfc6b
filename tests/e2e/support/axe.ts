import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright'
import { expect } from 'playwright/test'
import type { RunningApp } from '../app'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

const looks = [
  { colorScheme: 'light', width: 1180, height: 760 },
  { colorScheme: 'dark', width: 1180, height: 760 },
  { colorScheme: 'dark', width: 900, height: 600 },
] as const

/** Fails with what axe has found on the screen as it stands, in light, in dark and in small. */
export async function expectAccessible(app: RunningApp, what: string): Promise<void> {
  const page = app.page()
  for (const { colorScheme, width, height } of looks) {
    await app
      .electron()
      .evaluate(
        ({ BrowserWindow }, size) =>
          BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
        { width, height },
      )
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found = await violations(page)
    expect(found, `${what}, ${colorScheme}, ${String(width)} × ${String(height)}`).toEqual([])
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${what}: wider than the window`).toBeLessThanOrEqual(0)
  }
}

async function violations(page: Page): Promise<readonly string[]> {
  // The policy forbids inline scripts to the page; the debugger may still evaluate.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(source)
  const results = await page.evaluate(
    (runOnly) =>
      (
        window as unknown as {
          axe: { run: (context: Document, options: unknown) => Promise<AxeResults> }
        }
      ).axe.run(document, { runOnly, resultTypes: ['violations'] }),
    tags,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
  )
}
