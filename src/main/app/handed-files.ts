/** Files that came from outside the window, until the page takes them as a drop on it. */
export class HandedFiles {
  #paths: readonly string[] = []

  /** Those of an earlier request that nobody took give way: one résumé is meant. */
  give(paths: readonly string[]): void {
    if (paths.length > 0) this.#paths = paths
  }

  get isEmpty(): boolean {
    return this.#paths.length === 0
  }

  take(): readonly string[] {
    const taken = this.#paths
    this.#paths = []
    return taken
  }
}
