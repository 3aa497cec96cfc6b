import { basename } from 'node:path'

/** Names that the torture gives to what it makes. */
const ours = /^T\d+-\d+/

const text = (value) => (value === null || value === undefined ? '' : String(value))
const sorted = (list) => [...(list ?? [])].toSorted().join(' ')
/** A link is stored as an address and may be typed as a name. */
export const linkName = (value) => text(value).split('/').filter(Boolean).at(-1) ?? ''
const memoryName = (content) => ours.exec(content)?.[0] ?? content

/**
 * What the person is shown: the sections' views, as main gives them to the page.
 * In: the views by section. Out: the form that `Ledger` compares.
 */
export function observeViews(views) {
  const own = (section) => views[section].items[0]?.values ?? {}
  const basic = own('basic')
  const social = own('social')
  const flags = own('memory-settings')
  return {
    basic: { bio: text(basic.bio), title: text(basic.title), languages: sorted(basic.languages) },
    social: {
      linkedin: linkName(social.linkedin),
      facebook: linkName(social.facebook),
      x: linkName(social.x),
    },
    flags: { learn: flags.learn, use: flags.use },
    resume: { file: text(own('resume').file?.name) },
    records: {
      education: views.education.items.map(({ values }) => ({
        name: text(values.degree),
        values: {
          grade: text(values.grade),
          activities: text(values.activities),
          description: text(values.description),
        },
      })),
      experience: views.experience.items.map(({ values }) => ({
        name: text(values.title),
        values: { location: text(values.location), description: text(values.description) },
      })),
      memory: views.memory.items.map(({ values }) => ({
        name: memoryName(text(values.content)),
        values: { content: text(values.content) },
      })),
    },
  }
}

/** What the platform has stored, in the same form, with the names of institutions and companies. */
export function observeState(state, username) {
  const mine = (list) => list.filter((entry) => entry.username === username)
  const [person] = mine(state.people)
  const [flags] = mine(state.flags)
  const files = mine(state.resumes)[0]?.files.map(({ name }) => basename(name)) ?? []
  const link = (platform) =>
    linkName(person.social.find((entry) => entry.platform === platform)?.social_link)
  const placeOf = (kind, { fields }) =>
    text(state.career[kind].find(({ id }) => id === fields.parent)?.fields.name)
  return {
    basic: {
      bio: text(person.bio),
      title: text(person.document.title),
      languages: sorted(person.languages),
    },
    social: { linkedin: link('linkedin'), facebook: link('facebook'), x: link('twitter') },
    flags: { learn: flags?.auto_capture_enabled, use: flags?.use_memory_in_responses },
    resume: { file: files.find((name) => ours.test(name)) ?? files[0] ?? '' },
    records: {
      education: mine(state.career.education).map((record) => ({
        name: text(record.fields.degree),
        values: {
          grade: text(record.fields.grade),
          activities: text(record.fields.activities),
          description: text(record.fields.description),
          place: placeOf('institutions', record),
        },
      })),
      experience: mine(state.career.experience).map((record) => ({
        name: text(record.fields.title),
        values: {
          location: text(record.fields.location),
          description: text(record.fields.description),
          place: placeOf('companies', record),
        },
      })),
      memory: mine(state.memories).map(({ content }) => ({
        name: memoryName(content),
        values: { content },
      })),
    },
  }
}

/** @returns sentences about what nobody touched and is not as it was, or is there twice. */
export function strangersChanged(before, after, username) {
  const troubles = []
  const others = (state) => JSON.stringify(state.people.filter((one) => one.username !== username))
  if (others(before) !== others(after)) troubles.push('changed: other people of the organisation')
  for (const kind of ['institutions', 'companies']) {
    const names = after.career[kind].map(({ fields }) => fields.name)
    for (const name of new Set(names.filter((one, at) => names.indexOf(one) !== at)))
      troubles.push(`doubled: ${kind} "${name}"`)
    for (const { fields } of before.career[kind])
      if (!names.includes(fields.name)) troubles.push(`lost: ${kind} "${fields.name}"`)
  }
  const [mine] = after.resumes.filter((one) => one.username === username)
  const ownFiles = (mine?.files ?? []).filter(({ name }) => ours.test(basename(name)))
  if (ownFiles.length > 1) troubles.push(`doubled: ${ownFiles.length} résumés of ours`)
  return troubles
}
