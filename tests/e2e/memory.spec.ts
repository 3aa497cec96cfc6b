import { expect, test } from './app'
import { MemoryPage } from './pages/memory-page'
import { memoriesOn } from './support/stored'

test('both memory switches reach the platform from the window', async ({
  connected: frame,
  platform,
}) => {
  const flags = () => platform.read().flags.find(({ username }) => username === platform.username)
  await frame.open('Memory')
  const memory = new MemoryPage(frame)
  await memory.learn.uncheck()
  await frame.waitUntilSaved()
  await expect.poll(() => flags()?.auto_capture_enabled).toBe(false)
  await memory.use.uncheck()
  await frame.waitUntilSaved()
  await expect.poll(() => flags()?.use_memory_in_responses).toBe(false)
  await memory.learn.check()
  await expect.poll(() => flags()?.auto_capture_enabled).toBe(true)
})

test.describe('with memories that can be edited', () => {
  test.use({ platformOptions: { memories: 12 } })

  test('adds, finds, edits and deletes memories', async ({ connected: frame, platform }) => {
    const contents = () => memoriesOn(platform).map(({ content }) => content)
    await frame.open('Memory')
    const memory = new MemoryPage(frame)
    await memory.add.click()
    await memory.text.fill('Too short')
    await memory.addButton.click()
    await expect(memory.text).toHaveAccessibleDescription(/at least 10 characters/)
    await memory.text.fill('Prefers tea to coffee in the morning.')
    await memory.agent.selectOption('GIS exam coach')
    await memory.category.selectOption('Preferences')
    await memory.addButton.click()
    await frame.waitUntilSaved()
    await expect.poll(contents).toContain('Prefers tea to coffee in the morning.')
    await memory.search.fill('prefers tea')
    await expect(memory.row('Prefers tea')).toBeVisible()
    await expect(memory.table.getByRole('row')).toHaveCount(2)
    await memory.row('Prefers tea').click({ position: { x: 120, y: 18 } })
    await expect(memory.table).toBeFocused()
    await frame.page.keyboard.press('Escape')
    await memory.editRow('Prefers tea to coffee in the morning.')
    await memory.text.fill('Prefers mint tea to coffee in the morning.')
    await frame.save.click()
    await expect.poll(contents).toContain('Prefers mint tea to coffee in the morning.')
    await memory.search.fill('')
    await memory.search.fill('mint tea')
    await memory.deleteRow('Prefers mint tea to coffee in the morning.')
    await expect(memory.row('mint tea')).toHaveCount(0)
    await frame.toastUndo.click()
    await expect(memory.row('mint tea')).toBeVisible()
    await memory.deleteRow('Prefers mint tea to coffee in the morning.')
    await expect
      .poll(contents, { timeout: 40_000 })
      .not.toContain('Prefers mint tea to coffee in the morning.')
    expect(contents()).toHaveLength(12)
  })
})

test('an open menu stays by its button where the window gets another size', async ({
  app,
  connected: frame,
}) => {
  const resize = (width: number, height: number) =>
    app.electron().evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height)
      },
      { width, height },
    )
  await frame.open('Memory')
  const button = frame.main.locator('button', { hasText: 'Pause learning' })
  const menu = frame.page.getByRole('menu')
  const distance = async () => {
    const [above, below] = [await button.boundingBox(), await menu.boundingBox()]
    if (!above || !below) throw new Error('one of them is not on screen')
    const fromEnd = Math.abs(above.x + above.width - below.x - below.width)
    return fromEnd + Math.abs(below.y - above.y - above.height - 6)
  }
  await button.click()
  for (const [width, height] of [
    [720, 520],
    [1180, 760],
  ] as const) {
    await resize(width, height)
    await expect.poll(() => frame.page.evaluate(() => window.innerWidth)).toBe(width)
    await expect.poll(distance).toBeLessThan(2)
  }
})
