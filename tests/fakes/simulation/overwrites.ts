import { selfItemId } from '../../../src/shared/domain/ids'
import { mergePolicyOf, type AnySection } from '../../../src/shared/domain/sections/section'
import {
  equalValue,
  isList,
  listOf,
  type FieldValue,
  type Values,
} from '../../../src/shared/domain/values'
import type { SyncState } from '../../../src/shared/sync/state'
import { foreignLanguages } from './languages'
import type { Person } from './person'
import type { Row } from './platform'

interface Write {
  readonly section: AnySection
  readonly row: Row
  readonly written: Values
}

interface Known {
  readonly person: Person
  readonly aliases: SyncState['aliases']
}

/** No newer foreign value is overwritten unasked, and nothing is written that was not edited. */
export function overwrittenUnasked(write: Write, known: Known): readonly string[] {
  const { section, row, written } = write
  return Object.entries(written).flatMap(([key, value]) => {
    const now = row.values.get(key) ?? null
    if (isFree(write, { key, value, now }, known)) return []
    const [from, to] = [now, value].map((side) => JSON.stringify(side))
    return [`overwritten unasked: ${section.id}/${row.id}/${key} ${from ?? ''} by ${to ?? ''}`]
  })
}

interface Field {
  readonly key: string
  readonly value: FieldValue
  readonly now: FieldValue
}

function isFree({ section, row }: Write, field: Field, known: Known): boolean {
  const { key, value, now } = field
  if (equalValue(now, value) || row.history.get(key)?.at(-1)?.by !== 'foreign') return true
  const policy = mergePolicyOf(section, key)
  const names = namesOf(section, row, known.aliases).map((name) => `${name}/${key}`)
  const decided = names.flatMap((name) => known.person.decided.get(name) ?? [])
  if (policy === 'union' && isMerged(field, decided)) return true
  if (policy === 'local' || (policy === 'off-wins' && value === false)) return true
  // Another has put it back to what we had written ourselves: nobody can tell.
  const isAsWeLeftIt = row.history
    .get(key)
    ?.some((change) => change.by === 'us' && equalValue(change.value, now))
  if (isAsWeTriedIt(row, key, now)) return true
  const seen = names.flatMap((name) => known.person.seen.get(name) ?? [])
  return isAsWeLeftIt === true || seen.some((shown) => equalValue(shown, now))
}

/** Another has made a list or a switch what a write of ours without an answer wanted: nobody can tell. */
export const isAsWeTriedIt = (row: Row, key: string, value: FieldValue): boolean =>
  (isList(value) || typeof value === 'boolean') &&
  row.tried.get(key)?.some((tried) => equalValue(tried, value)) === true

/** What others added or removed stays so, unless the person has decided against it after a late write. */
const isMerged = ({ value, now }: Field, decided: readonly FieldValue[]): boolean =>
  foreignLanguages.every((code) => {
    const isThere = listOf(now).includes(code)
    return (
      listOf(value).includes(code) === isThere ||
      decided.some((theirs) => listOf(theirs).includes(code) === isThere)
    )
  })

function namesOf(section: AnySection, row: Row, aliases: SyncState['aliases']): readonly string[] {
  const locals = [...aliases].filter(([, id]) => id === row.id).map(([local]) => local)
  const ids = row.id === 'self' ? [row.id, selfItemId] : [row.id, ...locals]
  return ids.map((id) => `${section.id}/${id}`)
}

/**
 * It had arrived, and another has put there what is there now: also where a write of ours that was under
 * way brings that back, after a late one.
 */
export function isReplaced(row: Row, key: string, wanted: FieldValue): boolean {
  const history = row.history.get(key) ?? []
  const arrived = history.findIndex(({ value }) => equalValue(value, wanted))
  if (isList(wanted) || arrived === -1) return false
  return history
    .slice(arrived)
    .some(({ by, value }) => by === 'foreign' && equalValue(value, row.values.get(key)))
}

/** Another has gone on from a list as a late write had put it: what that took out is gone for all to see. */
export function isFromLate(row: Row, key: string, wanted: FieldValue): boolean {
  const [before, last] = row.history.get(key)?.slice(-2) ?? []
  return isList(wanted) && before?.lateFrom !== undefined && last?.by === 'foreign'
}

/** Whether there is an entry that an attempt of ours had added, and another has kept: whose is it? */
export function isAnybodys(row: Row, key: string, wanted: FieldValue): boolean {
  const history = row.history.get(key) ?? []
  if (!isList(wanted)) return false
  const extra = listOf(row.values.get(key)).filter((entry) => !wanted.includes(entry))
  return extra.some((entry) => {
    const says = history.filter(({ value }) => listOf(value).includes(entry)).map(({ by }) => by)
    return says.includes('us') && says.lastIndexOf('foreign') > says.indexOf('us')
  })
}
