import { setTimeout as wait } from 'node:timers/promises'

/** What may be lost of what is being typed, and what a slow machine adds to it. */
const graceMs = 1_000
const slackMs = 400

const forms = [
  { title: 'Basic', label: 'About' },
  { title: 'Basic', label: 'Title' },
  { title: 'Social', label: 'Facebook' },
  { title: 'Education', label: 'Description', add: 'Add education' },
  { title: 'Experience', label: 'Location', add: 'Add experience' },
  { title: 'Memory', label: 'Memory', add: 'Add memory' },
]

/**
 * Types into a form and saves nothing, until the app is killed.
 * @returns what was typed when, for `checkDraft` after the restart.
 */
export async function typeDraft({ ui, chance, name, victim }, durationMs) {
  const form = chance.pick(forms)
  await openForm(ui, form)
  const field = ui.field(form.label)
  await field.fill('')
  const typed = { form, text: '', moments: [] }
  const endsAt = Date.now() + durationMs
  victim.shootIn(durationMs)
  for (const letter of `draft${name.replace('-', 'x').toLowerCase()}${'abcdefghij'.repeat(6)}`) {
    if (Date.now() > endsAt) break
    await field.pressSequentially(letter).catch(() => undefined)
    if (victim.isShot) break
    typed.text += letter
    typed.moments.push(Date.now())
    await wait(chance.between(5, 60))
  }
  return typed
}

/** @returns a sentence when more of the draft is gone than the last second of it. */
export async function checkDraft(ui, { form, text, moments }, shotAt) {
  if (text === '') return undefined
  await openForm(ui, form)
  const seen = await ui.field(form.label).inputValue()
  const safe = moments.filter((at) => at < shotAt - graceMs - slackMs).length
  if (safe === 0 || (seen.length >= safe && text.startsWith(seen.slice(0, text.length))))
    return undefined
  return `lost: the draft of ${form.title} ${form.label} is "${seen}"; "${text.slice(0, safe)}" was older than a second`
}

async function openForm(ui, { title, add }) {
  await ui.open(title)
  if (add !== undefined) await ui.button(add).click()
}
