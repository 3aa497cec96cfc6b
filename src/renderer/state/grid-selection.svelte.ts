import { SvelteSet } from 'svelte/reactivity'

/** Which rows of a grid are chosen, and the one under the keys. */
export class GridSelection {
  readonly #chosen = new SvelteSet<string>()
  #active = $state(0)
  /** Where a range begins. */
  #anchor = 0

  get ids(): readonly string[] {
    return [...this.#chosen]
  }

  get count(): number {
    return this.#chosen.size
  }

  get active(): number {
    return this.#active
  }

  has(id: string): boolean {
    return this.#chosen.has(id)
  }

  /** Moves without choosing. */
  moveTo(index: number): void {
    this.#active = index
    this.#anchor = index
  }

  toggle(id: string, index: number): void {
    if (!this.#chosen.delete(id)) this.#chosen.add(id)
    this.moveTo(index)
  }

  /** Chooses everything between the anchor and `index`. */
  extendTo(index: number, ids: readonly (string | undefined)[]): void {
    const start = Math.min(this.#anchor, index)
    this.add(ids.slice(start, Math.max(this.#anchor, index) + 1))
    this.#active = index
  }

  add(ids: readonly (string | undefined)[]): void {
    for (const id of ids) if (id !== undefined) this.#chosen.add(id)
  }

  clear(): void {
    this.#chosen.clear()
  }

  forget(id: string): void {
    this.#chosen.delete(id)
  }
}
