/** Most file systems take 255 bytes; what is added while a file is being written has to fit too. */
const maxBytes = 200
const longestEnding = 16

/**
 * A name for a file to be saved or dragged. It came from a server: neither a way to another folder,
 * nor signs that hide its ending, nor a name that is special on some system gets through. At most 200
 * bytes of UTF-8; a longer one keeps its ending.
 */
export function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  return notSpecial(shortened(plain))
}

function shortened(name: string): string {
  if (bytesOf(name) <= maxBytes) return name
  const ending = /\.[^.\s]+$/.exec(name)?.[0] ?? ''
  const kept = ending.length <= longestEnding ? ending : ''
  let used = bytesOf(kept)
  const signs = Array.from(name.slice(0, name.length - kept.length))
  const fitting = signs.findIndex((sign) => (used += bytesOf(sign)) > maxBytes)
  return signs.slice(0, fitting).join('').trimEnd() + kept
}

const bytesOf = (text: string): number => Buffer.byteLength(text)

function notSpecial(plain: string): string {
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain
}
