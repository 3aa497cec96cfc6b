import type { AppError, Service } from '../errors'
import type { SyncState } from './state'

/** What an answer, or its absence, says about the hosts and the network. */

const other: Readonly<Record<Service, Service>> = { lms: 'dm', dm: 'lms' }

/** A host has answered, whatever it said: it can be reached, and so can the network. */
export function withAnswerFrom(
  state: SyncState,
  service: Service | undefined,
  at: number,
): SyncState {
  const isBack = !state.connectivity.isOnline || (service && state.reach[service] === 'silent')
  return {
    ...state,
    reach: service ? { ...state.reach, [service]: 'answers' } : { lms: 'answers', dm: 'answers' },
    connectivity: state.connectivity.isOnline ? state.connectivity : { isOnline: true, since: at },
    outbox: isBack ? state.outbox.map(withoutOfflinePause) : state.outbox,
  }
}

/**
 * An edit that only waited for the network may go as soon as there is one. Where the connection
 * broke off, the host was there: another answer of it says nothing about this edit.
 */
const withoutOfflinePause = (mutation: SyncState['outbox'][number]) =>
  mutation.state.kind === 'waiting' &&
  mutation.state.error.kind === 'offline' &&
  mutation.state.error.reason !== 'reset'
    ? { ...mutation, state: { kind: 'queued' } as const }
    : mutation

/** A host has accepted the credential. */
export function withAccessTo(state: SyncState, service: Service | undefined): SyncState {
  if (service === undefined || state.access[service] === 'accepted') return state
  const neighbour = other[service]
  const error = state.accessErrors[neighbour]
  return {
    ...state,
    access: { ...state.access, [service]: 'accepted' },
    accessErrors: error ? { [neighbour]: error } : {},
  }
}

/** A request to a host has failed. */
export function withFailureOf(
  state: SyncState,
  service: Service,
  { error, at }: { readonly error: AppError; readonly at: number },
): SyncState {
  if (error.kind === 'offline' && error.reason !== 'tls') return withSilence(state, service, at)
  if (error.kind === 'keychain') {
    return {
      ...state,
      access: { lms: 'refused', dm: 'refused' },
      accessErrors: { lms: error, dm: error },
    }
  }
  const hasAnswered = 'status' in error
  if (error.kind === 'unauthorized') {
    const refused: SyncState = {
      ...state,
      access: { ...state.access, [service]: 'refused' },
      accessErrors: { ...state.accessErrors, [service]: error },
    }
    return hasAnswered ? withAnswerFrom(refused, service, at) : refused
  }
  return hasAnswered ? withAnswerFrom(state, service, at) : state
}

/**
 * A host that falls silent puts the other in doubt too: mostly it is the network. One that answers
 * while its neighbour stays silent is not doubted again for it.
 */
function withSilence(state: SyncState, service: Service, at: number): SyncState {
  const wasSilent = state.reach[service] === 'silent'
  const neighbour = state.reach[other[service]]
  const reach: SyncState['reach'] = {
    ...state.reach,
    [service]: 'silent',
    [other[service]]: !wasSilent && neighbour === 'answers' ? 'unknown' : neighbour,
  }
  const isOnline = reach[other[service]] === 'answers'
  if (isOnline === state.connectivity.isOnline) return { ...state, reach }
  return { ...state, reach, connectivity: { isOnline, since: at } }
}

/** The system says so: a hint, to be confirmed by the platform's own answers. */
export function withHint(state: SyncState, isOnline: boolean, at: number): SyncState {
  const reach = { lms: 'unknown', dm: 'unknown' } as const
  if (!isOnline) {
    if (!state.connectivity.isOnline) return state
    return { ...state, reach, connectivity: { isOnline, since: at } }
  }
  const isNews = !state.connectivity.isOnline || Object.values(state.reach).includes('silent')
  if (!isNews) return state
  return { ...withAnswerFrom(state, undefined, at), reach }
}

/** Hosts of which it is not known that they can be reached, and should be. */
export function hostsToProbe(state: SyncState): readonly Service[] {
  const services: readonly Service[] = ['lms', 'dm']
  const { isOnline } = state.connectivity
  return services.filter((service) =>
    isOnline ? state.reach[service] === 'silent' : state.reach[service] !== 'answers',
  )
}

/** Whether requests to a host make sense now. */
export const isReachable = (state: SyncState, service: Service): boolean =>
  state.connectivity.isOnline && state.reach[service] !== 'silent'
