import type { AnySection } from '../../../shared/domain/sections/section'
import type { ProbeReport, SectionAccess, ServiceReport } from '../../../shared/domain/workspace'
import type { Service } from '../../../shared/errors'
import { sentenceFor, waitText } from '../../../shared/text/errors'
import { hostNames, listText } from '../../../shared/text/hosts'
import { countText } from '../../../shared/text/counts'
import { networkAdvice } from '../../../shared/text/network-errors'

/** Whose token it is, when a host names another person than the one given. */
export function otherUser(report: ProbeReport, username: string): string | undefined {
  for (const { error, username: actual } of report.services) {
    if (error?.kind === 'wrong-user') return error.actual
    if (actual !== undefined && actual.toLowerCase() !== username.toLowerCase()) return actual
  }
  return undefined
}

/** Nothing to read or to choose: the workspace opens without another press. */
export const canOpenByItself = (report: ProbeReport): boolean =>
  typeof report.keychain !== 'object' &&
  report.services.every(({ isAccepted }) => isAccepted) &&
  report.sections.every(({ canRead, canWrite }) => canRead && canWrite)

/** No host takes the token: it is mistyped, expired or of another platform. */
export const isRefusedByAll = ({ services }: ProbeReport): boolean =>
  services.every(({ error }) => error?.kind === 'unauthorized')

/** "4 entries", "1 file", "128 memories"; a dash where nothing can be counted. */
export function foundText(section: AnySection, access: SectionAccess | undefined): string {
  const count = access?.found
  if (count === undefined || section.resource.kind === 'account') return '–'
  const [one, many] = {
    career: ['entry', 'entries'],
    resume: ['file', 'files'],
    memories: ['memory', 'memories'],
    'memory-settings': ['switch', 'switches'],
  }[section.resource.kind]
  return `${String(count)} ${count === 1 ? (one ?? '') : (many ?? '')}`
}

export interface RefusalWords {
  readonly id: Service
  readonly title: string
  readonly text: string
}

/** One note for each host that does not take the token, with what stays closed and what works. */
export const refusals = (
  report: ProbeReport,
  sections: readonly AnySection[],
): readonly RefusalWords[] =>
  report.services
    .filter((service) => !service.isAccepted)
    .map((service) => ({
      id: service.service,
      title: refusalTitle(service),
      text: refusalText(service, report, sections),
    }))

function refusalTitle({ service, error }: ServiceReport): string {
  const name = hostNames[service]
  if (!error || error.kind === 'unauthorized') return `The ${name} host refused this token`
  if (error.kind === 'forbidden') return `The ${name} host does not permit this to your token`
  if (error.kind === 'not-found') {
    return `The ${name} host does not know this organization or username`
  }
  if (error.kind === 'wrong-user') return `The ${name} host knows this token as somebody else’s`
  return `The ${name} host could not be asked`
}

const connecting = { action: 'connect' } as const

function refusalText(
  { service, error }: ServiceReport,
  report: ProbeReport,
  sections: readonly AnySection[],
): string {
  const closed = sections.filter((section) => section.service === service)
  const open = report.sections.filter(({ canRead }) => canRead).length
  const isTokenMeant = !error || error.kind === 'unauthorized' || error.kind === 'forbidden'
  const isSaid = isTokenMeant || error.kind === 'not-found'
  const why = isSaid ? '' : `${sentenceFor(error, connecting).title}. `
  const advice = adviceFor(error)
  const kept = `It keeps ${listText(closed.map(({ title }) => title))}, so ${closed.length === 1 ? 'this one stays' : `these ${countText(closed.length)} stay`} closed for now.`
  const rest = open > 0 ? ` The token works for the other ${countText(open)}.` : ''
  const then = advice === undefined ? '' : ` ${advice}`
  return why + kept + then + rest + (open > 0 && isTokenMeant ? secondToken : '')
}

/** What to do about a host that is no matter of the token. */
function adviceFor(error: ServiceReport['error']): string | undefined {
  switch (error?.kind) {
    case 'offline':
      return networkAdvice(error, connecting)
    case 'not-found':
      return 'Check how they are spelled.'
    case 'rate-limited':
      return waitText(error)
    default:
      return undefined
  }
}

const secondToken = ' You can add a second token for this host once you are connected.'

/** What each host answered, one sentence a host. */
export const answers = (report: ProbeReport): readonly string[] =>
  report.services.map(({ host, isAccepted, username, error }) => {
    if (error) {
      const { title, text } = sentenceFor(error, { host, action: 'connect' })
      return `${title}. ${text}`
    }
    const who = username === undefined ? '' : ` as ${username}`
    return isAccepted ? `${host} accepts the token${who}.` : `${host} refused the token.`
  })
