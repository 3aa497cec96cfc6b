/** Which rows of a grid are chosen, and the one under the keys. */
export class GridSelection {
  #chosen = $state.raw<ReadonlySet<string>>(new Set())
  #active = $state(0)
  /** Where a range begins. */
  #anchor = 0

  get chosen(): ReadonlySet<string> {
    return this.#chosen
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
    const next = new Set(this.#chosen)
    if (!next.delete(id)) next.add(id)
    this.#chosen = next
    this.moveTo(index)
  }

  /** Chooses everything between the anchor and `index`. */
  extendTo(index: number, ids: readonly (string | undefined)[]): void {
    const start = Math.min(this.#anchor, index)
    const range = ids.slice(start, Math.max(this.#anchor, index) + 1)
    this.#chosen = new Set([...this.#chosen, ...range.filter((id) => id !== undefined)])
    this.#active = index
  }

  choose(ids: readonly string[]): void {
    this.#chosen = new Set(ids)
  }

  clear(): void {
    this.#chosen = new Set()
  }

  forget(ids: readonly string[]): void {
    this.#chosen = new Set([...this.#chosen].filter((id) => !ids.includes(id)))
  }
}
