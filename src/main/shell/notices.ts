import { resume } from '../../shared/domain/sections/resume'
import { pageOf, type SectionRegistry } from '../../shared/domain/sections/registry'
import type { Mutation } from '../../shared/sync/state'
import { reasonText } from '../../shared/text/status'

/** What somebody is told who does not look at the window. Names sections, never what stands in them. */
export interface Notice {
  readonly section: string
  readonly title: string
  readonly text: string
}

/**
 * What has happened between two states of the queue that needs the person, or that they wait for: an
 * edit that got stuck, a résumé that has arrived.
 */
export function noticesOf(
  before: readonly Mutation[],
  after: readonly Mutation[],
  registry: SectionRegistry,
): readonly Notice[] {
  const wasStuck = new Set(before.filter(isStuck).map(({ id }) => id))
  const stuck = after
    .filter((mutation) => isStuck(mutation) && !wasStuck.has(mutation.id))
    .map((mutation) => {
      const page = pageOf(registry, mutation.section)
      return {
        section: page?.id ?? mutation.section,
        title: `${page?.title ?? 'An edit'} needs you`,
        text: sentence(reasonText(reasonOf(mutation))),
      }
    })
  const left = new Set(after.map(({ id }) => id))
  const hasResumeGone = before.some(({ id, section }) => section === resume.id && !left.has(id))
  return [
    ...stuck,
    ...(hasResumeGone
      ? [{ section: resume.id, title: 'Résumé sent', text: 'The platform has your new résumé.' }]
      : []),
  ]
}

const isStuck = ({ state }: Mutation): boolean =>
  state.kind === 'blocked' || state.kind === 'conflict'

const reasonOf = ({ state }: Mutation) => (state.kind === 'blocked' ? state.error : 'conflict')

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
