import { describe, expect, it, vi } from 'vitest'
import { ToastQueue, toastTimeMs, type ToastClock } from './toast-state.svelte'

class FakeClock implements ToastClock {
  #nowMs = 0
  #waiting: { atMs: number; call: () => void }[] = []

  readonly now = () => this.#nowMs

  readonly after = (delayMs: number, call: () => void) => {
    const entry = { atMs: this.#nowMs + delayMs, call }
    this.#waiting.push(entry)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry)
    }
  }

  advance(ms: number) {
    this.#nowMs += ms
    const due = this.#waiting.filter((entry) => entry.atMs <= this.#nowMs)
    this.#waiting = this.#waiting.filter((entry) => entry.atMs > this.#nowMs)
    for (const entry of due) entry.call()
  }
}

function aQueue() {
  const clock = new FakeClock()
  return { clock, queue: new ToastQueue(clock) }
}

describe('ToastQueue', () => {
  it('shows a message for ten seconds', () => {
    const { clock, queue } = aQueue()
    queue.show({ text: 'Deleted' })
    clock.advance(toastTimeMs - 1)
    expect(queue.current?.text).toBe('Deleted')
    clock.advance(1)
    expect(queue.current).toBeUndefined()
  })

  it('lets newer ones wait, each with its full time', () => {
    const { clock, queue } = aQueue()
    queue.show({ text: 'first' })
    clock.advance(4000)
    queue.show({ text: 'second' })
    expect(queue.current?.text).toBe('first')
    clock.advance(6000)
    expect(queue.current?.text).toBe('second')
    clock.advance(toastTimeMs - 1)
    expect(queue.current?.text).toBe('second')
  })

  it('stands still while someone looks at it, and goes on with what was left', () => {
    const { clock, queue } = aQueue()
    queue.show({ text: 'Deleted' })
    clock.advance(9000)
    queue.hold('pointer')
    queue.hold('focus')
    clock.advance(60_000)
    queue.release('pointer')
    clock.advance(60_000)
    queue.release('focus')
    clock.advance(999)
    expect(queue.current?.text).toBe('Deleted')
    clock.advance(1)
    expect(queue.current).toBeUndefined()
  })

  it('waits for the window before its time begins', () => {
    const { clock, queue } = aQueue()
    queue.hold('hidden')
    queue.show({ text: 'Deleted' })
    clock.advance(60_000)
    expect(queue.current?.text).toBe('Deleted')
    queue.release('hidden')
    clock.advance(toastTimeMs)
    expect(queue.current).toBeUndefined()
  })

  it('does not carry a pointer over to the next message', () => {
    const { clock, queue } = aQueue()
    queue.show({ text: 'first' })
    queue.show({ text: 'second' })
    queue.hold('pointer')
    queue.dismiss()
    clock.advance(toastTimeMs)
    expect(queue.current).toBeUndefined()
  })

  it('undoes once and is gone', () => {
    const { queue } = aQueue()
    const onUndo = vi.fn()
    queue.show({ text: 'Deleted', onUndo })
    queue.undo()
    queue.undo()
    expect(onUndo).toHaveBeenCalledOnce()
    expect(queue.current).toBeUndefined()
  })
})
