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

/** @returns the exponent with which `values` grow over `sizes`: the slope of a line through both logarithms. */
export const slopeOf = (sizes, values) => lineSlope(sizes.map(Math.log), values.map(Math.log))

/** @returns the slope of the line that lies nearest to the points. */
export function lineSlope(x, y) {
  const [meanX, meanY] = [mean(x), mean(y)]
  const together = x.reduce((sum, one, index) => sum + (one - meanX) * (y[index] - meanY), 0)
  return together / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0)
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length
