import type { Service } from '../../shared/errors'
import type { AppState } from './app-state.svelte'
import type { AskedToken } from './workspaces-state.svelte'

/** Which token helps where a host refuses the one it got, and what its button says. */
export interface TokenOffer {
  readonly asked: AskedToken
  readonly words: string
}

type Asked = Pick<AppState, 'registry' | 'sections' | 'workspaces'>

/**
 * The host’s own token where it has one. A second one where the first is good for the other host;
 * where it is good for nothing, or for nothing else, another first one.
 */
export function tokenOffer(app: Asked, service: Service): TokenOffer {
  const { ownTokens } = app.workspaces
  if (ownTokens[service]) return { asked: service, words: 'Replace the second token' }
  const hasOther = ownTokens.lms !== undefined || ownTokens.dm !== undefined
  return !hasOther && isFirstGoodBeside(app, service)
    ? { asked: service, words: 'Add a second token' }
    : { asked: 'first', words: 'Give another token' }
}

const isFirstGoodBeside = (app: Asked, service: Service): boolean =>
  app.registry.shown.some((section) => {
    const view = app.sections.view(section.id)
    return section.service !== service && view?.readAt !== undefined && view.read.kind !== 'failed'
  })

/** Whether this host was last heard refusing the token it got. */
export const isTokenRefused = (app: Asked, service: Service): boolean =>
  app.registry.shown.some((section) => {
    const read = app.sections.view(section.id)?.read
    return (
      section.service === service && read?.kind === 'failed' && read.error.kind === 'unauthorized'
    )
  })
