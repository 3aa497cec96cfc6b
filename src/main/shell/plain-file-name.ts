const maxLength = 200

/**
 * A name to suggest in a dialog. It came from a server: neither a way to another folder, nor signs
 * that hide its ending, nor a name that is special on some system gets through.
 */
export function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const plain = last
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .replace(/[:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, maxLength)
  return plain === '' || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(plain) ? `_${plain}` : plain
}
