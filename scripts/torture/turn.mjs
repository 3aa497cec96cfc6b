import { setTimeout as wait } from 'node:timers/promises'
import { actions, actionWeights } from './actions.mjs'
import { typeDraft } from './drafts.mjs'

/** When the shot falls. */
const endings = {
  'right after Save': 30,
  'when it is kept': 20,
  'at any moment': 16,
  'while typing': 14,
  'while sending': 14,
  'while starting': 6,
}
/** Time in which edits are on their way before the shot. */
const longestWaitMs = 700
const lookMs = 10
const weathers = { clean: 3, bad: 5, offline: 2 }

/** What one turn will do, from the seed and its number alone. */
export function planTurn(chance) {
  const ending = chance.weighted(endings)
  const edits = ending === 'while typing' ? chance.between(0, 1) : chance.between(1, 3)
  const names = Array.from({ length: edits }, () => chance.weighted(actionWeights))
  return { ending, weather: chance.weighted(weathers), names }
}

/** One turn: some edits through the window, and a shot. */
export class Turn {
  #edits = 0
  #isLast = false

  constructor({ number, plan, chance, ui, victim, ledger, proxy, folder, files, say }) {
    Object.assign(this, { number, plan, chance, ui, victim, ledger, proxy, folder, files, say })
  }

  /** A name nothing else has. */
  get name() {
    return `T${this.number}-${this.#edits}`
  }

  words = (what) =>
    `${this.name} ${what} ${'lorem ipsum dolor '.repeat(this.chance.between(0, 3))}`.trim()

  /** @returns what was typed and not saved, if that was the plan. */
  async play() {
    const { plan, victim, chance } = this
    if (plan.ending === 'at any moment') victim.shootIn(chance.between(50, 2_500))
    for (const [index, action] of plan.names.entries()) {
      this.#edits += 1
      this.#isLast = index === plan.names.length - 1
      this.say(`  ${action} as ${this.name}`)
      await actions[action](this)
    }
    if (plan.ending === 'while typing') {
      this.#edits += 1
      return typeDraft(this, chance.between(200, 2_600))
    }
    if (plan.ending === 'while sending') {
      await this.proxy.set('bad')
      await this.ui.sendNow()
    }
    victim.shootIn(chance.between(0, longestWaitMs))
    while (!victim.isShot) await wait(lookMs)
    return undefined
  }

  /** Presses Save, with the shot where the plan wants it. */
  async save(changes, { press, kept }) {
    const { plan, victim, ledger, chance } = this
    ledger.attempt(changes)
    if (this.#isLast && plan.ending === 'right after Save') {
      const delayMs = chance.between(0, 60)
      const pressed = press()
      victim.shootIn(delayMs)
      await pressed
    } else await press()
    await kept()
    ledger.claim(changes)
    if (this.#isLast && plan.ending === 'when it is kept') victim.shootIn(chance.between(0, 25))
  }
}
