import { asMutationId } from '../../domain/ids'
import type { SyncEvent } from '../events'
import type { ServerItem } from '../state'

export const m1 = asMutationId('m1')

export const accepted = (item?: ServerItem, at = 30, id = m1): SyncEvent => ({
  type: 'accepted',
  id,
  at,
  ...(item && { item }),
})
