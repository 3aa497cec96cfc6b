import type { DragFolder } from '../../src/main/app/ports'
import { ok } from '../../src/shared/result'
import { countedIds } from './main-clock'

/** Copies for dragging, by path: what was placed and not discarded is there. */
export class MemoryDragFolder implements DragFolder {
  readonly there = new Map<string, string>()
  emptied = 0
  readonly #ids = countedIds()

  readonly place: DragFolder['place'] = (name) => {
    const path = `/drag-out/${this.#ids()}/${name}`
    this.there.set(path, 'as written')
    return Promise.resolve(ok(path))
  }
  readonly stampOf: DragFolder['stampOf'] = (path) => Promise.resolve(this.there.get(path))
  readonly holds: DragFolder['holds'] = (path) => path.startsWith('/drag-out/')
  readonly discard: DragFolder['discard'] = (path) => {
    this.there.delete(path)
  }
  readonly empty: DragFolder['empty'] = () => {
    this.emptied += 1
    this.there.clear()
  }
}
