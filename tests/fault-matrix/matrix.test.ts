import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { rows } from './faults'
import { chosen, runMatrix, type MatrixCell } from './matrix'
import { operations } from './operations'
import { expectedWord } from './policy'
import { nameOf } from './sentence'
import { renderTable } from './table'

const page = new URL('../../docs/fault-matrix.md', import.meta.url)

let cells: readonly MatrixCell[] = []

beforeAll(async () => {
  cells = await runMatrix()
}, 400_000)

/** What is wrong with a cell, in words; nothing when it is as it has to be. */
function troublesOf({ row, operation, seen }: MatrixCell): readonly string[] {
  const wanted = expectedWord(row, operation)
  const told = seen.error ? ` (${nameOf(seen.error)})` : ''
  const isOther = seen.word === wanted ? [] : [`${seen.word}${told} instead of ${wanted ?? '?'}`]
  return [...isOther, ...seen.broken].map((trouble) => `${operation.id}: ${trouble}`)
}

describe('every operation', () => {
  it.each(chosen.map((row) => [row.title, row] as const))(
    'keeps its promises: %s',
    (_title, row) => {
      const met = cells.filter((cell) => cell.row === row)
      expect(met).toHaveLength(operations.length)
      expect(met.flatMap(troublesOf)).toEqual([])
    },
  )
})

it.runIf(chosen.length === rows.length)('the page about it says what was seen', () => {
  const seen = renderTable(cells)
  if (process.env['WRITE_FAULT_MATRIX'] === '1') writeFileSync(page, seen)
  expect(readFileSync(page, 'utf8')).toBe(seen)
})
