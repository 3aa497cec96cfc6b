/**
 * Takes turns: A, B, A, B, … so that whatever else the machine does hits both alike, and drops the
 * first pair, which finds cold caches.
 * In: how many pairs to keep; `a` and `b`, each one measurement, told which it is, from 1; `onPair` hears how far it is.
 * Out: the kept pairs, `[{ a, b }]`.
 */
export async function takePairs(count, { a, b, onPair }) {
  const pairs = []
  for (let index = 0; index <= count; index += 1) {
    const pair = { a: await a(index + 1), b: await b(index + 1) }
    if (index > 0) pairs.push(pair)
    onPair?.(index, count)
  }
  return pairs
}
