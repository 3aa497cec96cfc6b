import type { Clock } from '../../../shared/sync/ports'
import { direct, proxyName, proxySteps, type Proxy, type ProxyStep } from './proxy-list'
import { isThisComputer } from './this-computer'

/** Which ways lead to a host, by the system's proxy settings. */
export interface Routes {
  /** In the order to be tried, never empty. Asks the system unless it has answered lately. */
  readonly to: (url: URL) => Promise<readonly ProxyStep[]>
  /** This way did not work: the system is asked anew, and the proxy comes last for a while. */
  readonly failed: (url: URL, step: ProxyStep) => void
  /** The network has changed: nothing the system said counts any more. */
  readonly forget: () => void
}

export interface RouteParts {
  /** The system's answer for an address, in the form of a PAC file's. */
  readonly resolveProxy: (url: string) => Promise<string>
  readonly clock: Clock
}

const freshMs = 60_000
const setAsideMs = 300_000
/** A PAC file that does not come must not hold everything up; a browser goes directly then, too. */
const longestMs = 10_000

export function createRoutes({ resolveProxy, clock }: RouteParts): Routes {
  const now = () => clock.steady?.() ?? clock.now()
  const known = new Map<
    string,
    { readonly steps: Promise<readonly ProxyStep[]>; readonly at: number }
  >()
  const setAside = new Map<string, number>()

  const ask = (origin: string): Promise<readonly ProxyStep[]> =>
    new Promise((resolve) => {
      const answer = (steps: readonly ProxyStep[]) => {
        cancel()
        resolve(steps)
      }
      const cancel = clock.after(longestMs, () => {
        known.delete(origin)
        answer([direct])
      })
      resolveProxy(`${origin}/`).then(
        (text) => {
          answer(proxySteps(text))
        },
        () => {
          answer([direct])
        },
      )
    })

  const isSetAside = (step: ProxyStep): boolean =>
    isProxy(step) && (setAside.get(proxyName(step)) ?? -Infinity) > now()

  return {
    to: async (url) => {
      if (isThisComputer(url.hostname)) return [direct]
      const last = known.get(url.origin)
      const steps = last && now() - last.at < freshMs ? last.steps : ask(url.origin)
      if (steps !== last?.steps) known.set(url.origin, { steps, at: now() })
      const all = await steps
      return [...all.filter((step) => !isSetAside(step)), ...all.filter(isSetAside)]
    },
    failed: (url, step) => {
      known.delete(url.origin)
      if (isProxy(step)) setAside.set(proxyName(step), now() + setAsideMs)
    },
    forget: () => {
      known.clear()
      setAside.clear()
    },
  }
}

const isProxy = (step: ProxyStep): step is Proxy => step.kind === 'http' || step.kind === 'https'
