import type { Prefill } from '../../shared/domain/workspace'

/** Before main has answered, nothing is known to fill in. */
export const noPrefill: Prefill = {
  org: '',
  username: '',
  address: '',
  hasToken: false,
  source: 'none',
}
