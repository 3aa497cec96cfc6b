import assert from 'node:assert/strict'

/** What the tour types, and looks for again after the restart. */
const typed = {
  about: 'Hydrologist. Reads rivers, writes Python.',
  linkedIn: 'linkedin.com/in/tour-guide',
  institution: 'University of the Guided Tour',
  degree: 'MSc',
  fieldOfStudy: 'Hydrology',
  company: 'Guided Tours & Sons',
  jobTitle: 'River guide',
  resume: 'resume-of-the-tour.pdf',
  memory: 'Prefers worked examples to long explanations.',
}

const learning = 'Allow AI to learn from conversations'

/**
 * The tour, step by step. Each gets the app (lib/tour-app.mjs) and ends when what it did can be
 * seen.
 */
export const tourSteps = [
  { name: 'Start the app', run: (app) => app.start() },
  {
    name: 'Connect to the demo workspace',
    async run({ page }) {
      await page.getByRole('button', { name: 'Try the demo' }).click()
      await page.getByRole('navigation', { name: 'Profile sections' }).waitFor()
    },
  },
  {
    name: 'Basic: change About',
    async run(app) {
      await app.openSection('Basic')
      await app.page.getByRole('textbox', { name: 'About' }).fill(typed.about)
      await app.save()
    },
  },
  {
    name: 'Social: change LinkedIn',
    async run(app) {
      await app.openSection('Social')
      await app.page.getByRole('textbox', { name: 'LinkedIn' }).fill(typed.linkedIn)
      await app.save()
    },
  },
  {
    name: 'Education: add an entry at a new institution',
    async run(app) {
      await app.openSection('Education')
      await app.page.getByRole('button', { name: 'Add education' }).click()
      await app.createInPicker('Institution', typed.institution)
      await fill(app, { Degree: typed.degree, 'Field of study': typed.fieldOfStudy })
      await fill(app, { 'Start month': 'Oct 2023' })
      await app.page.getByLabel('I study here now', { exact: true }).check()
      await app.save()
      await app.page.getByText(typed.institution).first().waitFor()
    },
  },
  {
    name: 'Experience: add an entry at a new company',
    async run(app) {
      await app.openSection('Experience')
      await app.page.getByRole('button', { name: 'Add experience' }).click()
      await app.createInPicker('Company', typed.company)
      await fill(app, { 'Job title': typed.jobTitle, 'Start month': 'Mar 2024' })
      await app.page.getByLabel('I work here now', { exact: true }).check()
      await app.save()
      await app.page.getByText(typed.jobTitle).first().waitFor()
    },
  },
  {
    name: 'Résumé: drop a PDF on the window',
    async run(app) {
      await app.openSection('Résumé')
      await app.dropPdf(typed.resume, ['Curriculum vitae', typed.about])
      await app.page.getByText(typed.resume).first().waitFor()
      await app.waitUntilSaved()
    },
  },
  {
    name: 'Memory: add one by hand',
    async run(app) {
      await app.openSection('Memory')
      await app.page.getByRole('button', { name: 'Add memory' }).click()
      await fill(app, { Memory: typed.memory })
      await app.save('Add')
      await app.page.getByText(typed.memory).first().waitFor()
    },
  },
  {
    name: 'Memory: turn learning the other way from the tray menu',
    async run(app) {
      const before = await app.page.getByRole('switch', { name: learning }).isChecked()
      const entry = await app.tray.clickLabel(learning)
      assert.equal(entry.isChecked, before, 'The tray and the window disagree about the switch.')
      await expectSwitch(app, !before)
      await app.tray.waitForEntry(
        ({ label, isChecked }) => label === learning && isChecked === !before,
      )
      await app.waitUntilSaved()
      typed.isLearning = !before
    },
  },
  { name: 'Quit from the tray', run: (app) => app.quitFromTray() },
  {
    name: 'Start again',
    async run(app) {
      await app.start()
      await app.page.getByRole('navigation', { name: 'Profile sections' }).waitFor()
    },
  },
  {
    name: 'Basic and Social are as they were left',
    async run(app) {
      await app.openSection('Basic')
      await expectValue(app, 'About', typed.about)
      await app.openSection('Social')
      await expectValue(app, 'LinkedIn', /tour-guide/)
    },
  },
  {
    name: 'Education and Experience are as they were left',
    async run(app) {
      await app.openSection('Education')
      await app.page.getByText(typed.institution).first().waitFor()
      await app.openSection('Experience')
      await app.page.getByText(typed.company).first().waitFor()
    },
  },
  {
    name: 'Résumé is as it was left',
    async run(app) {
      await app.openSection('Résumé')
      await app.page.getByText(typed.resume).first().waitFor()
    },
  },
  {
    name: 'Memory is as it was left, in the window and in the tray',
    async run(app) {
      await app.openSection('Memory')
      await app.page.getByText(typed.memory).first().waitFor()
      await expectSwitch(app, typed.isLearning)
      await app.tray.waitForEntry(
        ({ label, isChecked }) => label === learning && isChecked === typed.isLearning,
      )
    },
  },
]

async function fill({ page }, values) {
  for (const [label, value] of Object.entries(values))
    await page.getByLabel(label, { exact: true }).fill(value)
}

async function expectSwitch({ page }, isOn) {
  await page.getByRole('switch', { name: learning, checked: isOn }).waitFor()
}

async function expectValue({ page }, label, wanted) {
  const { expect } = await import('playwright/test')
  await expect(page.getByRole('textbox', { name: label })).toHaveValue(wanted)
}
