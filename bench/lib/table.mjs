import { median } from './statistics.mjs'

const heads = ['figure', 'value', 'min', 'IQR', 'raw medians', 'target', 'never above', 'verdict']

/** @returns the figures as lines of text in columns. */
export function tableOf(figures) {
  const rows = [heads, ...figures.map(rowOf)]
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  )
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '))
  return lines.join('\n')
}

function rowOf(figure) {
  const { name, unit, value, min, quartiles, columns, target, never, verdict } = figure
  return [
    name,
    `${number(value)} ${unit}`,
    number(min),
    quartiles ? quartiles.map(number).join(' – ') : '',
    Object.entries(columns ?? {})
      .map(([column, values]) => `${column} ${number(median(values))}`)
      .join(', '),
    number(target),
    number(never),
    verdict,
  ]
}

function number(value) {
  if (value === undefined) return ''
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1)
}
