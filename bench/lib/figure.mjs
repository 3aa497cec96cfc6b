import { spreadOf } from './statistics.mjs'

/**
 * A figure that compares: the median of what each pair gives, never of unpaired runs.
 * In: `pairs` `[{ a, b }]` of numbers, `of` how a pair becomes the figure (a ÷ b unless said),
 * `limits` `{ target, never }`.
 */
export function comparison({ name, unit = '×', pairs, of = ({ a, b }) => a / b, columns, limits }) {
  return repeated({
    name,
    unit,
    values: pairs.map(of),
    columns: {
      [columns[0]]: pairs.map(({ a }) => a),
      [columns[1]]: pairs.map(({ b }) => b),
    },
    limits,
  })
}

/** A figure that was taken several times: the median of `values`. `columns`: what they come from. */
export function repeated({ name, unit, values, columns, limits, detail }) {
  const { median, min, quartiles } = spreadOf(values)
  return {
    name,
    unit,
    value: median,
    min,
    quartiles,
    ...limits,
    verdict: verdictOf(median, limits),
    pairs: values.length,
    columns,
    detail,
  }
}

/** A figure that is the same each time it is taken, such as a size. */
export function single({ name, unit, value, limits, detail }) {
  return { name, unit, value, ...limits, verdict: verdictOf(value, limits), detail }
}

/** Figures without a limit are for information. */
function verdictOf(value, limits) {
  if (limits === undefined) return 'information'
  if (value <= limits.target) return 'met'
  return value <= limits.never ? 'missed' : 'TOO HIGH'
}
