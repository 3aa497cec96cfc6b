const kilo = 1_000
const mega = 1_000_000

/** "412 KB", "1.2 MB". Decimal units, as file managers show them. */
export function sizeText(bytes: number): string {
  const { divisor, unit } = unitOf(bytes)
  return `${amount(bytes, divisor)} ${unit}`
}

/** "264 of 412 KB": both in the unit of the whole. */
export function progressText(sentBytes: number, totalBytes: number): string {
  const { divisor, unit } = unitOf(totalBytes)
  return `${amount(sentBytes, divisor)} of ${amount(totalBytes, divisor)} ${unit}`
}

function unitOf(bytes: number): { readonly divisor: number; readonly unit: string } {
  if (bytes >= mega) return { divisor: mega, unit: 'MB' }
  if (bytes >= kilo) return { divisor: kilo, unit: 'KB' }
  return { divisor: 1, unit: 'bytes' }
}

function amount(bytes: number, divisor: number): string {
  const number = bytes / divisor
  return divisor === mega ? number.toFixed(1) : String(Math.round(number))
}
