import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { chanceOf } from './chance.mjs'
import { checkDraft } from './drafts.mjs'
import { leftoversIn } from './leftovers.mjs'
import { Ledger } from './ledger.mjs'
import { observeState, observeViews, strangersChanged } from './observe.mjs'
import { startPlatformProcess } from './platform-process.mjs'
import { FaultProxy } from './proxy.mjs'
import { planTurn, Turn } from './turn.mjs'
import { Victim } from './victim.mjs'

const memories = 12
const settleMs = 150_000
const askAgainMs = 3_000
const mostStalls = 1

/**
 * Tortures the built app: edits, kills, restarts, heals, compares.
 * In: how many kills, the seed, how the app is started, the environment of a session with a
 * keyring, and where lines go. Out: the report; `troubles` is empty when nothing was lost.
 */
export async function runTorture({ kills, seed, command, env, write = () => undefined }) {
  const folder = mkdtempSync(join(tmpdir(), 'iblai-torture-'))
  const torture = new Torture({ kills, seed, folder, write })
  try {
    await torture.prepare({ command, env })
    await torture.play()
    return torture.report()
  } finally {
    await torture.end()
    if (!torture.hasTroubles) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

class Torture {
  #options
  #troubles = []
  #drafts = 0
  #views = 0
  #late = 0
  #stalls = 0
  #spentMs = 0
  #settledMs = 0
  #files = new Map()
  #platform
  #proxy
  #victim
  #ledger
  #before
  #draft

  constructor(options) {
    this.#options = options
  }

  get hasTroubles() {
    return this.#troubles.length > 0
  }

  async prepare({ command, env }) {
    const { folder, seed } = this.#options
    const at = (name) => {
      mkdirSync(join(folder, name))
      return join(folder, name)
    }
    this.#platform = await startPlatformProcess({ folder: at('platform'), memories })
    this.#proxy = new FaultProxy({ target: this.#platform.origin, chance: chanceOf(seed, 1e6) })
    await this.#proxy.set('clean')
    this.#victim = new Victim({ command, env, userData: at('app') })
    at('files')
    this.#before = this.#platform.state()
    this.#ledger = new Ledger(this.#stored())
    const ui = await this.#victim.start()
    await ui.connect({ ...this.#platform, origin: this.#proxy.origin })
    while ((await ui.unread()) > 0) await wait(50)
    await this.#victim.quit()
  }

  async play() {
    const { kills, write } = this.#options
    for (let number = 1; number <= kills && !this.hasTroubles; number += 1) {
      const startedAt = performance.now()
      await this.#turn(number)
      const spentMs = performance.now() - startedAt
      this.#spentMs += spentMs
      write(`      ${Math.round(spentMs)} ms`)
    }
    if (!this.hasTroubles) await this.#heal()
  }

  report() {
    const { seed, kills } = this.#options
    const { counts } = this.#victim
    return {
      seed,
      kills: counts.kills,
      restarts: counts.starts - 1,
      edits: this.#ledger.counts,
      compared: {
        values: this.#ledger.size,
        views: this.#views,
        drafts: this.#drafts,
        late: this.#late,
      },
      stalls: this.#stalls,
      network: this.#proxy.fates,
      msPerKill: Math.round(this.#spentMs / Math.max(1, kills)),
      settledMs: Math.round(this.#settledMs),
      troubles: this.#troubles,
      ...(this.hasTroubles && { evidence: this.#options.folder }),
    }
  }

  async end() {
    await this.#victim?.end()
    await this.#proxy?.close()
    await this.#platform?.end()
  }

  /** Once in hundreds of starts the window takes no click: a kill like any other, but told. */
  #onStall(error, number) {
    const isStall = error.name === 'TimeoutError' && this.#stalls < mostStalls
    if (!isStall) throw this.#located(error, number)
    this.#stalls += 1
    this.#options.write(`  the window took no click: ${error.message.split('\n')[0]}`)
    this.#victim.shoot()
  }

  async #turn(number) {
    const { seed, folder, write } = this.#options
    const chance = chanceOf(seed, number)
    const plan = planTurn(chance)
    const victim = this.#victim
    const startedAt = performance.now()
    write(`${number}: ${plan.weather} network, shot ${plan.ending}`)
    await this.#proxy.set(plan.weather)
    if (plan.ending === 'while starting') {
      await victim.startAndShoot(chance.between(20, 1_000))
      return
    }
    const ui = await victim.start()
    await ui.ready()
    write(`  started in ${Math.round(performance.now() - startedAt)} ms`)
    await this.#checkView(ui, number)
    if (this.hasTroubles) return
    const turn = new Turn({
      ...{ number, plan, chance, ui, victim, files: this.#files, ledger: this.#ledger },
      ...{ proxy: this.#proxy, folder: join(folder, 'files'), say: write },
    })
    try {
      const typed = await turn.play()
      await victim.buried()
      if (typed) this.#draft = { typed, shotAt: Date.now() }
    } catch (error) {
      if (!victim.isShot) this.#onStall(error, number)
      await victim.buried()
    }
  }

  /** After a restart everything that was kept is there, and the draft too. */
  async #checkView(ui, number) {
    this.#views += 1
    const shown = observeViews(await ui.views())
    const { troubles: found, late } = this.#ledger.compareWindow(shown, this.#stored())
    this.#late += late.length
    for (const sentence of late) this.#options.write(`  late, the platform has it: ${sentence}`)
    const draft = this.#draft
    this.#draft = undefined
    if (draft) {
      this.#drafts += 1
      const lost = await checkDraft(ui, draft.typed, draft.shotAt)
      if (lost !== undefined) found.push(lost)
    }
    this.#tell(found, `after restart ${number}, in the window`)
  }

  /** The network is well again: everything goes, and then both sides are the same. */
  async #heal() {
    const startedAt = performance.now()
    await this.#proxy.set('clean')
    const ui = await this.#victim.start()
    await ui.ready()
    await this.#checkView(ui, 'the last')
    await this.#untilSaved(ui)
    this.#settledMs = performance.now() - startedAt
    this.#tell(this.#ledger.compare(observeViews(await ui.views())), 'at the end, in the window')
    await this.#victim.quit()
    const { username, token } = this.#platform
    this.#tell(this.#ledger.compare(this.#stored()), 'at the end, on the platform')
    const strangers = strangersChanged(this.#before, this.#platform.state(), username)
    this.#tell([...strangers, ...this.#brokenFiles()], 'at the end, on the platform')
    const { userData, output } = this.#victim
    this.#tell(leftoversIn(userData, { token, output }), 'at the end, on the disk')
  }

  async #untilSaved(ui) {
    const until = Date.now() + settleMs
    for (;;) {
      const pending = await ui.pending()
      const status = await ui.status.first().innerText()
      if (pending.length === 0 && /^\s*Saved/.test(status)) return
      if (Date.now() > until) {
        this.#tell([`stuck: "${status}" with ${JSON.stringify(pending)}`], 'at the end')
        return
      }
      if (pending.length > 0) await ui.sendNow()
      await wait(pending.length > 0 ? askAgainMs : 100)
    }
  }

  #stored() {
    return observeState(this.#platform.state(), this.#platform.username)
  }

  /** The résumé on the platform has the very bytes that were dropped. */
  #brokenFiles() {
    const { resumes } = this.#platform.state()
    return resumes
      .flatMap(({ files }) => files)
      .filter(({ name, blob }) => {
        const content = this.#files.get(name.split('/').at(-1))
        return content !== undefined && !this.#platform.file(blob)?.equals(content)
      })
      .map(({ name }) => `changed: the bytes of ${name}`)
  }

  #tell(troubles, where) {
    this.#troubles.push(...troubles.map((trouble) => `${where}: ${trouble}`))
  }

  #located(error, number) {
    const { seed } = this.#options
    return new Error(`seed ${seed}, kill ${number}: ${error.message}`, { cause: error })
  }
}
