import type { AppError } from '../../src/shared/errors'
import { groups } from './faults'
import type { MatrixCell } from './matrix'
import { columnGroups } from './operations'

const head = `# What becomes of each operation when the network or the server fails

Written by \`npm run faults -- --write\` from what was seen; \`tests/fault-matrix\` fails when this page
says otherwise. Every cell is one run: the app’s own HTTP adapter and sync engine, real sockets on
loopback, a clock that is moved by hand. In each of them is checked that the operation goes through
once the fault is over, with no record twice; that what was typed is in the journal until then; that
an edit elsewhere gets through meanwhile; that the token goes to the platform only; that requests stay
few; and that whoever is asked or told has a sentence to read.

| word       | while the fault lasts                                                                     |
| ---------- | ----------------------------------------------------------------------------------------- |
| \`fine\`     | nothing was noticed                                                                       |
| \`recovers\` | an attempt failed; it was found to be done, or done again, with no help                   |
| \`waits\`    | the edit waits on this computer and goes by itself afterwards                             |
| \`asks\`     | the edit needs the person: change, retry or undo it; nothing is lost                      |
| \`token\`    | all edits of that host wait for another token                                             |
| \`fails\`    | the read fails and says why; the copy on this computer stays                              |
| \`less\`     | the answer is taken at its word: no résumé, or without what the token may not see         |
| \`twice\`    | carried out a minute after the answer was lost: the record is there twice, both are shown |

Behind the word stands what is told.
`

export function renderTable(cells: readonly MatrixCell[]): string {
  const tables = columnGroups.map(({ title, columns }) => {
    const names = columns.map((column) => column.title)
    const sections = groups.flatMap((group) => [
      [`**${group.title}**`, ...columns.map(() => '')],
      ...group.rows.map((row) => [
        row.title,
        ...columns.map((column) => textOf(cells, row.id, column.id)),
      ]),
    ])
    return `\n## ${title}\n\n${aligned([['', ...names], ...sections])}\n`
  })
  return head + tables.join('')
}

function textOf(cells: readonly MatrixCell[], row: string, column: string): string {
  const cell = cells.find((entry) => entry.row.id === row && entry.operation.id === column)
  if (!cell) return '?'
  const { word, error } = cell.seen
  return word === 'fine' || word === 'less' || !error ? word : `${word}: ${shortName(error)}`
}

/** The reason where there is one, else the kind: short enough for a column. */
const shortName = (error: AppError): string => ('reason' in error ? error.reason : error.kind)

/** As the formatter of this repository would lay it out. */
function aligned(lines: readonly (readonly string[])[]): string {
  const [first = []] = lines
  const widths = first.map((_, at) => Math.max(3, ...lines.map((line) => line[at]?.length ?? 0)))
  const row = (line: readonly string[]) =>
    `| ${line.map((text, at) => text.padEnd(widths[at] ?? 0)).join(' | ')} |`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  const [names = [], ...rest] = lines
  return [row(names), rule, ...rest.map(row)].join('\n')
}
