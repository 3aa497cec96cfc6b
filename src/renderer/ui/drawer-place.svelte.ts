import { MediaQuery } from 'svelte/reactivity'

/** Whether a drawer has room beside the content. Where nobody can tell, it has. */
export class DrawerPlace {
  readonly #wide =
    typeof globalThis.matchMedia === 'function' ? new MediaQuery('width >= 1100px') : undefined

  get isBeside(): boolean {
    return this.#wide?.current ?? true
  }
}
