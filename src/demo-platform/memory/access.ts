import { type Target, targetOf } from '../core/access'
import { failure } from '../http/answer'
import type { Call } from '../http/route'

/** As `targetOf`, and closed while the organisation has memory switched off. */
export function memoryTargetOf(call: Call): Target {
  const target = targetOf(call)
  if (!target.ok || call.settings.memoryEnabled) return target
  return { ok: false, answer: failure(403, 'Memory is disabled for this platform.') }
}
