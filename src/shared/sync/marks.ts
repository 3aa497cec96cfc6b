import type { Mutation } from './state'

/** Where a value is, gravest first. Absent: saved. */
export type Mark = 'needs-you' | 'refused' | 'here' | 'sending' | 'draft'

export const gravity: readonly Mark[] = ['needs-you', 'refused', 'here', 'sending', 'draft']

export function markOf(mutation: Mutation): Mark {
  switch (mutation.state.kind) {
    case 'queued':
    case 'waiting':
      return 'here'
    case 'in-flight':
      return 'sending'
    case 'blocked':
      return 'refused'
    case 'conflict':
      return 'needs-you'
  }
}

export function gravest(marks: readonly (Mark | undefined)[]): Mark | undefined {
  return gravity.find((mark) => marks.includes(mark))
}

/** Per field of the edit. */
export function fieldMarks(mutation: Mutation): Readonly<Record<string, Mark>> {
  const mark = markOf(mutation)
  const keys = Object.keys(mutation.patch)
  const contested = mutation.state.kind === 'conflict' ? mutation.state.theirs : undefined
  const refused = refusedFields(mutation)
  return Object.fromEntries(
    keys.map((key) => {
      if (contested) return [key, key in contested ? 'needs-you' : 'here']
      if (mark === 'refused' && refused.length > 0) {
        return [key, refused.includes(key) ? 'refused' : 'here']
      }
      return [key, mark]
    }),
  )
}

function refusedFields(mutation: Mutation): readonly string[] {
  const { state } = mutation
  if (state.kind !== 'blocked' || state.error.kind !== 'invalid') return []
  return Object.keys(state.error.fields)
}
