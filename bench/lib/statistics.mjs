/** @returns the value below which `share` of the sorted values lie, between neighbours linearly. */
export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other)
  const place = (sorted.length - 1) * share
  const below = Math.floor(place)
  const above = Math.ceil(place)
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below)
}

export const median = (values) => quantile(values, 0.5)

/** @returns median, least value and quartiles: what a reader needs to judge a figure. */
export function spreadOf(values) {
  return {
    median: median(values),
    min: Math.min(...values),
    quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
  }
}
