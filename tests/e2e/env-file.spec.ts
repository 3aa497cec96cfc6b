import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright'
import { dropFiles } from '../../scripts/lib/file-drop.mjs'
import type { Platform } from '../../src/demo-platform/platform'
import { expect, test } from './app'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'
import { answerOpenDialog } from './support/dialogs'

const variables = ({ org, username, token, origin }: Platform) => ({
  IBLAI_ORG: org,
  IBLAI_USERNAME: username,
  IBLAI_API_KEY: token,
  IBLAI_BASE_URL: origin,
})

const fileOf = (platform: Platform): string =>
  [
    '# written by the login step',
    ...Object.entries(variables(platform)).map(([name, value]) => `${name}="${value}"`),
    'OTHER=1',
  ].join('\n')

async function expectFilled(page: Page, platform: Platform): Promise<void> {
  const connect = new ConnectPage(page)
  await expect(connect.organization).toHaveValue(platform.org)
  await expect(connect.username).toHaveValue(platform.username)
  await connect.openAdvanced()
  await expect(connect.address).toHaveValue(platform.origin)
  await expect(connect.token).toHaveValue('')
  expect(await page.content()).not.toContain(platform.token)
  await connect.connect.click()
  await new FramePage(page).waitUntilRead()
  expect(await page.content()).not.toContain(platform.token)
}

test('fills in the form from the environment and never shows the token', async ({
  app,
  platform,
}) => {
  const page = await app.start({ env: variables(platform) })
  await expect(page.getByText('Filled in from your environment.')).toBeVisible()
  await expect(page.getByText('It is used and never shown.')).toBeVisible()
  await expectFilled(page, platform)
})

test('fills in the form from a .env file that is chosen', async ({ app, platform, folder }) => {
  const path = join(folder, '.env')
  await writeFile(path, fileOf(platform))
  const page = await app.start()
  await answerOpenDialog(app.electron(), [path])
  await new ConnectPage(page).chooseEnvFile.click()
  await expect(page.getByText('Filled in from the file.')).toBeVisible()
  await expectFilled(page, platform)
})

test('fills in the form from a .env file that is dropped', async ({ app, platform, folder }) => {
  const path = join(folder, '.env')
  await writeFile(path, fileOf(platform))
  const page = await app.start()
  await new ConnectPage(page).heading.waitFor()
  await dropFiles(page, [path])
  await expect(page.getByText('Filled in from the file.')).toBeVisible()
  await expectFilled(page, platform)
})

test('says of a file without the four names that there is nothing in it', async ({
  app,
  folder,
}) => {
  const path = join(folder, '.env')
  await writeFile(path, 'PATH=/bin\nTOKEN=abc\n')
  const page = await app.start()
  const connect = new ConnectPage(page)
  await connect.organization.fill('northwind')
  await dropFiles(page, [path])
  await expect(connect.alert).toContainText('No settings in this file')
  await expect(connect.alert).toContainText(
    'IBLAI_ORG, IBLAI_USERNAME, IBLAI_API_KEY and IBLAI_BASE_URL',
  )
  await expect(connect.organization).toHaveValue('northwind')
})
