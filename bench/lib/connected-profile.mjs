import { launchApp } from '../../scripts/lib/launch-app.mjs'

const patienceMs = 60_000

/**
 * Connects the app as a person does, and waits until every section has been read: the data folder
 * then holds a full cache, and the session's keychain the token.
 * In: how to start the app, and `target` as the platform printed it.
 */
export async function connectProfile({ executable, switches, folder, userData, env, target }) {
  const args = [...switches, folder, `--user-data-dir=${userData}`]
  const electron = await launchApp({ executable, args, env })
  try {
    const page = await electron.firstWindow()
    page.setDefaultTimeout(patienceMs)
    await fillIn(page, target)
    const navigation = page.getByRole('navigation', { name: 'Profile sections' })
    await navigation.waitFor()
    for (const link of await navigation.getByRole('link', { name: sections }).all()) {
      await link.click()
      await page
        .getByRole('main')
        .getByRole('button', { name: /^Checked / })
        .waitFor()
    }
    await navigation.getByRole('link', { name: /^Basic/ }).click()
    await page.getByRole('main').getByRole('textbox').first().waitFor()
  } finally {
    await electron.close()
  }
}

const sections = /^(Basic|Social|Education|Experience|Résumé|Memory)/

async function fillIn(page, { origin, org, username, token }) {
  await page.getByRole('textbox', { name: 'Organization' }).fill(org)
  await page.getByRole('textbox', { name: 'Username' }).fill(username)
  await page.getByLabel('API token', { exact: true }).fill(token)
  const address = page.getByRole('textbox', { name: 'Platform address' })
  if (!(await address.isVisible())) await page.getByRole('button', { name: 'Advanced' }).click()
  await address.fill(origin)
  await page.getByRole('button', { name: /^Connect/ }).click()
}
