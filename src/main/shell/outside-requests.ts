import { homedir } from 'node:os'
import type { App } from 'electron'
import { outsideRequest, type OutsideRequest } from './outside-request'
import { argumentsOf, ownArguments } from './own-arguments'

type Receive = (request: OutsideRequest) => void

/** Everything asked for from outside the window, kept until somebody can receive it. */
export interface OutsideRequests {
  /** Hands over what has come so far, and from then on at once. */
  readonly deliverTo: (receive: Receive) => void
}

/**
 * Listens from the first moment: macOS names the file to open before the app is ready. This start's
 * own arguments are the first request. `onSecondStart` runs when the app is started once more.
 */
export function listenOutside(app: App, onSecondStart: () => void): OutsideRequests {
  let waiting: OutsideRequest[] = [outsideRequest(ownArguments(), process.cwd())]
  let receive: Receive = (request) => waiting.push(request)
  app.on('second-instance', (_event, _argv, folder, data) => {
    onSecondStart()
    receive(outsideRequest(argumentsOf(data), folder))
  })
  app.on('open-file', (event, path) => {
    event.preventDefault()
    receive({ files: [path] })
  })
  app.on('open-url', (event, url) => {
    event.preventDefault()
    receive(outsideRequest([url], homedir()))
  })
  return {
    deliverTo: (next) => {
      receive = next
      waiting.forEach(next)
      waiting = []
    },
  }
}
