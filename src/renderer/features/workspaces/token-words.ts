import type { AnySection } from '../../../shared/domain/sections/section'
import type { OwnTokens, Workspace } from '../../../shared/domain/workspace'
import type { AppError, Service } from '../../../shared/errors'
import { sentenceFor } from '../../../shared/text/errors'
import { hostNames, listText } from '../../../shared/text/hosts'
import type { AskedToken } from '../../state/workspaces-state.svelte'

export interface TokenWords {
  readonly title: string
  /** What kind of token it is, what it opens and who gives it. */
  readonly description: string
  readonly label: string
  readonly note?: string
  readonly help: string
  readonly submit: string
  readonly done: string
}

const kinds: Readonly<Record<Service, string>> = {
  lms: 'a JWT or Bearer token',
  dm: 'an API token',
}

/** What the dialog says that takes a token. */
export function tokenWords(
  asked: AskedToken,
  workspace: Workspace,
  { own, sections }: { readonly own: OwnTokens; readonly sections: readonly AnySection[] },
): TokenWords {
  const titles = listText(
    sections
      .filter(({ service }) => (asked === 'first' ? !own[service] : service === asked))
      .map(({ title }) => title),
  )
  const giver = `An administrator of ${workspace.org} can give you one.`
  if (asked === 'first') {
    return {
      title: 'Replace the token',
      description: `An API token for ${titles}. ${giver}`,
      label: 'API token',
      help: 'The platform is asked first. Until it accepts the new one, the old one stays.',
      submit: 'Replace token',
      done: 'The new token is in use',
    }
  }
  const name = hostNames[asked]
  const isKnown = own[asked] !== undefined
  return {
    title: isKnown ? 'Replace the second token' : 'Add a second token',
    description: `The ${name} host keeps ${titles} and takes ${kinds[asked]}. ${giver}`,
    label: `Token for the ${name} host`,
    note: hostOf(workspace.origins[asked]),
    help: `Goes to the ${name} host only. ${asked === 'lms' ? '“JWT” or “Bearer”' : '“Api-Token”'} in front may stay.`,
    submit: isKnown ? 'Replace token' : 'Add token',
    done: `The ${name} host accepts the second token`,
  }
}

/** The host of an address; the address itself where it has none. */
export const hostOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).host : address

/** Why the token was not taken, for the field; what the keychain says stands beside it. */
export function tokenProblem(error: AppError | undefined, org: string): string | undefined {
  if (!error || error.kind === 'keychain') return undefined
  if (error.kind === 'refused-input') return error.problem
  const { title, text } = sentenceFor(error, { action: 'connect', ...(org !== '' && { org }) })
  return `${title}. ${text}`
}

/** Both hosts may have one name: which of them it was, and which token, says the title. */
export const refusedTitle = (service: Service, own: OwnTokens): string =>
  `The ${hostNames[service]} host refused ${own[service] ? 'its second token' : 'the token'}`
