import type { IpcContract } from '../../shared/ipc/contract'
import type { Handlers, Publish } from '../../shared/ipc/define'

/** How far the start of the page has come, told by what it asks. */
export class PageProgress {
  #hasAsked = false
  #show: () => void = () => undefined

  readonly #onSection: (() => void)[] = []

  /** Hears each time a section has come to stand on screen. */
  onSection(listener: () => void): void {
    this.#onSection.push(listener)
  }

  /** Resolves once a section stands on screen. */
  readonly isShown = new Promise<void>((resolve) => {
    this.#show = resolve
  })

  /** The same handlers, listened to. */
  watch(handlers: Handlers<IpcContract>): Handlers<IpcContract> {
    const { app, section } = handlers
    return {
      ...handlers,
      app: {
        ...app,
        start: (input) => {
          this.#hasAsked = true
          return app.start(input)
        },
      },
      section: {
        ...section,
        opened: (input) => {
          this.#show()
          this.#onSection.forEach((listener) => {
            listener()
          })
          return section.opened(input)
        },
      },
    }
  }

  /** What is told before the page has asked for its first state is part of the answer. */
  hold(publish: Publish<IpcContract>): Publish<IpcContract> {
    return (group, name, payload) => {
      if (this.#hasAsked) publish(group, name, payload)
    }
  }
}
