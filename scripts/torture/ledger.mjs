/** One thing that was saved: what must be there, and what may be there instead. */
export class Slot {
  #kept
  #open = []

  constructor(kept) {
    this.#kept = kept
  }

  get kept() {
    return this.#kept
  }

  get allowed() {
    return [this.#kept, ...this.#open]
  }

  get isCertain() {
    return this.#open.length === 0
  }

  /** Save was pressed. Until the app has said that it is kept, both are right. */
  attempt(value) {
    this.#open.push(value)
  }

  /** The app has said that it is kept: nothing else is right any more. */
  claim(value) {
    this.#kept = value
    this.#open = []
  }

  /** What was seen ends the doubt. @returns whether it was one of those allowed. */
  settle(seen) {
    if (!this.allowed.includes(seen)) return false
    this.claim(seen)
    return true
  }
}

export const recordSections = ['education', 'experience', 'memory']
const formSections = ['basic', 'social', 'flags', 'resume']

/** Everything a person has saved so far, by what the app told them. */
export class Ledger {
  #slots = new Map()
  #records = new Map()
  /** How many saves were pressed, and how many of them the app confirmed. */
  counts = { attempted: 0, claimed: 0 }

  /** In: what is there before anything is done, see observe.mjs. */
  constructor(observation) {
    for (const section of formSections) {
      for (const [key, value] of Object.entries(observation[section]))
        this.#slots.set(`${section}.${key}`, new Slot(value))
    }
    for (const section of recordSections) {
      for (const { name, values } of observation.records[section])
        this.#addRecord(section, name, { values, life: 'here' })
    }
  }

  slot(section, key) {
    return this.#slots.get(`${section}.${key}`)
  }

  /** Records that are certainly there. */
  alive(section) {
    return [...this.#records.values()].filter(
      (record) =>
        record.section === section && record.life.isCertain && record.life.kept === 'here',
    )
  }

  /** A record about to be created. */
  add(section, name, values) {
    return this.#addRecord(section, name, { values, life: 'gone' })
  }

  /** Save was pressed for these changes: pairs of slot and value. */
  attempt(changes) {
    this.counts.attempted += 1
    for (const [slot, value] of changes) slot.attempt(value)
  }

  claim(changes) {
    this.counts.claimed += 1
    for (const [slot, value] of changes) slot.claim(value)
  }

  /** Compares with what was seen, and takes it for the truth. @returns sentences, none if all is right. */
  compare(observation) {
    const troubles = []
    for (const { what, slot, seen } of this.#pairs(observation, troubles))
      if (!slot.settle(seen)) troubles.push(sentence(what, slot, seen))
    return troubles
  }

  /**
   * Compares with what the window shows. What it does not show and the platform has is only late:
   * it counts as `late`, and the platform's word is taken.
   */
  compareWindow(shown, stored) {
    const troubles = []
    const late = []
    const there = new Map(this.#pairs(stored, []).map(({ what, seen }) => [what, seen]))
    for (const { what, slot, seen } of this.#pairs(shown, troubles)) {
      if (slot.settle(seen)) continue
      if (slot.settle(there.get(what))) late.push(sentence(what, slot, seen))
      else troubles.push(sentence(what, slot, seen))
    }
    return { troubles, late }
  }

  get size() {
    return this.#slots.size + this.#records.size
  }

  #addRecord(section, name, { values, life }) {
    const slots = Object.entries(values).map(([key, value]) => [key, new Slot(value)])
    const record = { section, name, slots: Object.fromEntries(slots), life: new Slot(life) }
    this.#records.set(`${section}.${name}`, record)
    return record
  }

  /** Every slot with what was seen in its place. Doubles are told at once. */
  #pairs(observation, troubles) {
    const pairs = [...this.#slots].map(([what, slot]) => {
      const [section, key] = what.split('.')
      return { what, slot, seen: observation[section][key] }
    })
    for (const section of recordSections)
      pairs.push(...this.#recordPairs(section, observation.records[section], troubles))
    return pairs.filter(({ seen }) => seen !== undefined)
  }

  #recordPairs(section, seen, troubles) {
    const byName = groupBy(seen, ({ name }) => name)
    for (const [name, found] of byName) {
      const what = `${section} "${name}"`
      if (found.length > 1) troubles.push(`doubled: ${what} is there ${found.length} times`)
      if (!this.#records.has(`${section}.${name}`)) troubles.push(`from nowhere: ${what}`)
    }
    const records = [...this.#records.values()].filter((record) => record.section === section)
    return records.flatMap(({ name, life, slots }) => {
      const [found] = byName.get(name) ?? []
      const what = `${section} "${name}"`
      const values = found ? Object.entries(slots) : []
      return [
        { what, slot: life, seen: found ? 'here' : 'gone' },
        ...values.map(([key, slot]) => ({
          what: `${what} ${key}`,
          slot,
          seen: found.values[key],
        })),
      ]
    })
  }
}

function sentence(what, slot, seen) {
  const allowed = slot.allowed.map((value) => JSON.stringify(value)).join(' or ')
  return `lost: ${what} is ${JSON.stringify(seen)}, should be ${allowed}`
}

function groupBy(list, keyOf) {
  const groups = new Map()
  for (const entry of list) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry])
  return groups
}
