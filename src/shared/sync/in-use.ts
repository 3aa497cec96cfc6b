import type { MutationId } from '../domain/ids'
import type { AppError } from '../errors'
import { inUseText } from '../text/in-use'
import { dependantsOf } from './chain'
import type { Mutation } from './state'

/** Why an edit cannot be taken back: a new record that another edit refers to has to stay. */
export function refusalToWithdraw(
  outbox: readonly Mutation[],
  id: MutationId,
): AppError | undefined {
  const mutation = outbox.find((entry) => entry.id === id)
  if (mutation?.op !== 'create') return undefined
  const [dependant] = dependantsOf(outbox, mutation)
  if (!dependant) return undefined
  const names = Object.entries(dependant.patch).find(([, value]) => value === mutation.item)
  return { kind: 'refused-input', field: names?.[0] ?? '', problem: inUseText(dependant.title) }
}
