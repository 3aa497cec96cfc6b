/** Time as the toasts need it; the app gives the real one, a test its own. */
export interface ToastClock {
  readonly now: () => number
  /** Calls once after the delay; the answer calls it off. */
  readonly after: (delayMs: number, call: () => void) => () => void
}

export interface ToastMessage {
  readonly text: string
  /** With it the toast has an Undo button. */
  readonly onUndo?: (() => void) | undefined
  readonly keys?: string | undefined
}

export interface Toast extends ToastMessage {
  readonly id: number
}

/** Why the time of a toast stands still. */
export type ToastHold = 'pointer' | 'focus' | 'hidden'

export const toastTimeMs = 10_000

/** One message at a time, the rest in line; its time stands still while someone looks at it. */
export class ToastQueue {
  readonly #clock: ToastClock
  #holds: readonly ToastHold[] = []
  #line = $state.raw<readonly Toast[]>([])
  #nextId = 1
  #leftMs = toastTimeMs
  #startedAt = 0
  #stop: (() => void) | undefined

  constructor(clock: ToastClock) {
    this.#clock = clock
  }

  get current(): Toast | undefined {
    return this.#line[0]
  }

  show(message: ToastMessage): void {
    this.#line = [...this.#line, { ...message, id: this.#nextId++ }]
    if (this.#line.length === 1) this.#begin()
  }

  dismiss(): void {
    this.#pause()
    this.#holds = this.#holds.filter((reason) => reason === 'hidden')
    this.#line = this.#line.slice(1)
    if (this.#line.length > 0) this.#begin()
  }

  clear(): void {
    this.#pause()
    this.#holds = this.#holds.filter((reason) => reason === 'hidden')
    this.#line = []
  }

  undo(): void {
    const { current } = this
    if (!current?.onUndo) return
    this.dismiss()
    current.onUndo()
  }

  hold(reason: ToastHold): void {
    if (this.#holds.length === 0) this.#pause()
    if (!this.#holds.includes(reason)) this.#holds = [...this.#holds, reason]
  }

  release(reason: ToastHold): void {
    if (!this.#holds.includes(reason)) return
    this.#holds = this.#holds.filter((other) => other !== reason)
    if (this.#holds.length === 0) this.#run()
  }

  #begin(): void {
    this.#leftMs = toastTimeMs
    if (this.#holds.length === 0) this.#run()
  }

  #run(): void {
    if (!this.current) return
    this.#startedAt = this.#clock.now()
    this.#stop = this.#clock.after(this.#leftMs, () => {
      this.#stop = undefined
      this.dismiss()
    })
  }

  #pause(): void {
    if (!this.#stop) return
    this.#stop()
    this.#stop = undefined
    this.#leftMs = Math.max(0, this.#leftMs - (this.#clock.now() - this.#startedAt))
  }
}
