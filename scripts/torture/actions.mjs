import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { smallPdf } from '../lib/small-pdf.mjs'
import { linkName } from './observe.mjs'

const languageNames = new Intl.DisplayNames(['en'], { type: 'language' })
const languages = ['nl', 'de', 'it', 'sw', 'tr', 'pt', 'es', 'he', 'ja', 'pl', 'fi', 'da']
const labels = {
  bio: 'About',
  title: 'Title',
  linkedin: 'LinkedIn',
  facebook: 'Facebook',
  x: 'X',
  grade: 'Grade',
  activities: 'Activities',
  description: 'Description',
  location: 'Location',
  learn: 'Allow AI to learn from conversations',
  use: 'Use saved information in responses',
}
/** Titles of the rows that were there before; those we add have no field of study. */
const rowTitles = {
  MSc: 'MSc, Hydrology',
  BSc: 'BSc, Civil Engineering',
  'Short course': 'Short course, Remote Sensing',
  Certificate: 'Certificate, Geospatial Data Science',
}
const leastAlive = 3

/** What a turn of the torture may do; each edits something and saves it. */
export const actions = {
  async basic(turn) {
    await turn.ui.open('Basic')
    const { chance, ui } = turn
    if (chance.happens(0.7)) await ui.field(labels.bio).fill(turn.words('About'))
    if (chance.happens(0.4)) await ui.field(labels.title).fill(turn.words('Title'))
    else await addLanguage(turn)
    const chosen = await ui.chosenLanguages()
    const codes = chosen.map((name) => codeOf(name.trim())).toSorted()
    const changes = [[turn.ledger.slot('basic', 'languages'), codes.join(' ')]]
    for (const key of ['bio', 'title']) changes.push(await typedChange(turn, 'basic', key))
    await turn.save(changes, { press: () => ui.save.click(), kept: () => ui.taken() })
  },

  async social(turn) {
    await turn.ui.open('Social')
    const { chance, ui } = turn
    const key = chance.pick(['linkedin', 'facebook', 'x'])
    // Letters and digits, at most fifteen: what all three platforms take.
    await ui.field(labels[key]).fill(`noor${turn.name.toLowerCase().replace('-', 'x')}`)
    const changes = []
    for (const each of ['linkedin', 'facebook', 'x'])
      changes.push(await typedChange(turn, 'social', each, linkName))
    await turn.save(changes, { press: () => ui.save.click(), kept: () => ui.taken() })
  },

  addEducation: (turn) =>
    addRecord(turn, {
      section: 'education',
      title: 'Education',
      place: ['Institution', 'Academy', ['Yarmouk', 'Yarmouk University']],
      name: 'Degree',
      keys: ['grade', 'activities', 'description'],
    }),

  addExperience: (turn) =>
    addRecord(turn, {
      section: 'experience',
      title: 'Experience',
      place: ['Company', 'Works', ['delta', 'Delta Gauge']],
      name: 'Job title',
      keys: ['location', 'description'],
    }),

  editEducation: (turn) => editRecord(turn, 'education', 'Education'),
  editExperience: (turn) => editRecord(turn, 'experience', 'Experience'),
  deleteEducation: (turn) => deleteRecord(turn, 'education', 'Education'),
  deleteExperience: (turn) => deleteRecord(turn, 'experience', 'Experience'),

  async addMemory(turn) {
    const { ui, chance } = turn
    await ui.open('Memory')
    await ui.button('Add memory').click()
    const content = turn.words('remembers')
    await ui.field('Memory').fill(content)
    const agents = ['GIS exam coach', 'Water models tutor', '']
    const agent = await chooseAgent(ui, chance.pick(agents))
    const record = turn.ledger.add('memory', turn.name, { content })
    record.canEdit = agent !== ''
    await turn.save([[record.life, 'here']], {
      press: () => ui.button('Add').click(),
      kept: () => ui.memoryFormClosed(),
    })
  },

  async editMemory(turn) {
    const { ui, ledger, chance } = turn
    const candidates = ledger.alive('memory').filter(({ canEdit }) => canEdit === true)
    if (candidates.length === 0) return actions.addMemory(turn)
    const record = chance.pick(candidates)
    const before = record.slots.content
    if (!before.isCertain) return undefined
    await ui.open('Memory')
    await ui.findMemory(before.kept)
    await ui.button(`Edit: ${before.kept}`).click()
    const content = `${record.name} now remembers ${turn.name}`
    await ui.field('Memory').fill(content)
    await turn.save([[before, content]], {
      press: () => ui.save.click(),
      kept: () => ui.memoryFormClosed(),
    })
  },

  async deleteMemory(turn) {
    const { ui, ledger, chance } = turn
    const candidates = ledger.alive('memory').filter(({ slots }) => slots.content.isCertain)
    if (candidates.length <= leastAlive) return actions.addMemory(turn)
    const record = chance.pick(candidates)
    const content = record.slots.content.kept
    await ui.open('Memory')
    await ui.findMemory(content)
    await turn.save([[record.life, 'gone']], {
      press: () => ui.button(`Delete: ${content}`).click(),
      kept: () => ui.memoryRow(content).waitFor({ state: 'detached' }),
    })
  },

  async flag(turn) {
    const { ui, ledger, chance } = turn
    const key = chance.pick(['learn', 'use'])
    await ui.open('Memory')
    const control = ui.main.getByRole('switch', { name: labels[key] })
    await control.waitFor()
    const isOn = !(await control.isChecked())
    await turn.save([[ledger.slot('flags', key), isOn]], {
      press: () => control.setChecked(isOn),
      kept: () => ui.switchTaken(key, isOn),
    })
  },

  async resume(turn) {
    const { ui, ledger } = turn
    const file = `${turn.name}.pdf`
    const path = join(turn.folder, file)
    const content = smallPdf([
      turn.name,
      ...Array.from({ length: 40 }, (_, line) => `line ${line}`),
    ])
    writeFileSync(path, content)
    turn.files.set(file, content)
    await turn.save([[ledger.slot('resume', 'file'), file]], {
      press: () => ui.drop(path),
      kept: () => ui.main.getByText(file, { exact: true }).first().waitFor(),
    })
  },
}

/** How often each is chosen. */
export const actionWeights = {
  basic: 3,
  social: 2,
  addEducation: 3,
  addExperience: 2,
  editEducation: 2,
  editExperience: 2,
  deleteEducation: 1,
  deleteExperience: 1,
  addMemory: 3,
  editMemory: 2,
  deleteMemory: 1,
  flag: 2,
  resume: 2,
}

async function typedChange({ ui, ledger }, section, key, normal = (value) => value) {
  return [ledger.slot(section, key), normal(await ui.field(labels[key]).inputValue())]
}

async function addLanguage({ ui, chance }) {
  const chosen = (await ui.chosenLanguages()).map((name) => codeOf(name.trim()))
  const left = languages.filter((code) => !chosen.includes(code))
  if (left.length > 0) await ui.addLanguage(languageNames.of(chance.pick(left)))
}

/** The code of a language that the form names. */
function codeOf(name) {
  const all = [...languages, 'ar', 'en', 'fr']
  return all.find((code) => languageNames.of(code) === name) ?? name
}

/** An agent whose categories could not be read takes no memory: then it is for every agent. */
async function chooseAgent(ui, wanted) {
  const form = ui.main.getByRole('region', { name: /memory$/ })
  const agent = form.getByRole('combobox', { name: 'Agent' })
  const hasIt = (await agent.getByRole('option', { name: wanted, exact: true }).count()) > 0
  if (wanted === '' || !hasIt) return ''
  await agent.selectOption(wanted)
  const category = form.getByRole('combobox', { name: 'Category' })
  if ((await category.getByRole('option', { name: 'Preferences' }).count()) > 0) {
    await category.selectOption('Preferences')
    return wanted
  }
  await agent.selectOption('')
  return ''
}

async function addRecord(turn, { section, title, place, name, keys }) {
  const { ui, chance, ledger } = turn
  const [placeLabel, kind, known] = place
  await ui.open(title)
  await ui.button(`Add ${section}`).click()
  const isNew = chance.happens(0.5)
  const placeName = isNew ? `${turn.name} ${kind}` : known[1]
  if (isNew) await ui.createInPicker(placeLabel, placeName)
  else await ui.pick(placeLabel, ...known)
  await ui.field(name).fill(turn.name)
  await ui.field('Start month').fill(`20${chance.between(10, 24)}-0${chance.between(1, 9)}`)
  const values = { place: placeName }
  for (const key of keys) {
    values[key] = chance.happens(0.5) ? newValue(turn, key) : ''
    await ui.field(labels[key]).fill(values[key])
  }
  const record = ledger.add(section, turn.name, values)
  await turn.save([[record.life, 'here']], {
    press: () => ui.save.click(),
    kept: () => ui.taken(),
  })
}

async function editRecord(turn, section, title) {
  const { ui, chance, ledger } = turn
  const record = chance.pick(ledger.alive(section))
  await ui.open(title)
  await ui.button(rowTitles[record.name] ?? record.name).click()
  await ui.save.waitFor()
  const keys = Object.keys(record.slots).filter((key) => key !== 'place')
  const edited = chance.pick(keys)
  await ui.field(labels[edited]).fill(newValue(turn, edited))
  const values = keys.map(async (key) => [
    record.slots[key],
    await ui.field(labels[key]).inputValue(),
  ])
  await turn.save(await Promise.all(values), {
    press: () => ui.save.click(),
    kept: () => ui.taken(),
  })
}

async function deleteRecord(turn, section, title) {
  const { ui, chance, ledger } = turn
  const candidates = ledger.alive(section)
  if (candidates.length <= leastAlive) return editRecord(turn, section, title)
  const record = chance.pick(candidates)
  const rowTitle = rowTitles[record.name] ?? record.name
  await ui.open(title)
  await ui.button(rowTitle).click()
  await turn.save([[record.life, 'gone']], {
    press: () => ui.button('Delete').click(),
    kept: () => ui.button(rowTitle).waitFor({ state: 'detached' }),
  })
}

function newValue({ chance, words }, key) {
  if (key === 'grade')
    return `${chance.between(1, 9)}.${chance.between(0, 9)}${chance.between(1, 9)}`
  return words(labels[key])
}
