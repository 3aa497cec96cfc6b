import type { Call } from '../http/route'
import type { Memory } from '../store/state'

/** The rows a list route may show, filtered by its query, newest first. */
export function selectMemories(call: Call, covers: (memory: Memory) => boolean): readonly Memory[] {
  const { state } = call.store
  return state()
    .memories.filter((memory) => memory.org === call.param('org'))
    .filter((memory) => isVisible(memory, call) && covers(memory) && passesFilters(memory, call))
    .sort((a, b) =>
      a.createdAt === b.createdAt ? b.id - a.id : a.createdAt < b.createdAt ? 1 : -1,
    )
}

/** Administrators see everyone's rows unless they ask for their own. */
function isVisible(memory: Memory, { caller, query }: Call): boolean {
  const ownOnly = !caller.admin || query.get('my_memory') === 'true'
  return !ownOnly || memory.username === caller.username
}

function passesFilters(memory: Memory, call: Call): boolean {
  const wanted = (name: string): string | undefined => call.query.get(name) || undefined
  const day = memory.createdAt.slice(0, 10)
  const text = memory.content.toLowerCase()
  const owner = call.store.state().people.find(({ username }) => username === memory.username)
  const checks: readonly [string, (value: string) => boolean][] = [
    ['category', (value) => memory.category === value],
    ['mentor', (value) => memory.mentor === value],
    ['start_date', (value) => day >= value],
    ['end_date', (value) => day <= value],
    ['search', (value) => text.includes(value.toLowerCase())],
    ['content', (value) => text.includes(value.toLowerCase())],
    ['session_id', (value) => memory.session === value],
    ['email', (value) => owner?.email === value],
    ['user_id', (value) => memory.username === value || String(owner?.id) === value],
  ]
  return checks.every(([name, passes]) => {
    const value = wanted(name)
    return value === undefined || passes(value)
  })
}
