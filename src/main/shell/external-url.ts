const maxLength = 2_048

/**
 * The address to hand to the system's browser, or `undefined` when it must not be. Only `https:`,
 * written out, with a host, without credentials and control or direction characters.
 */
export function externalUrl(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > maxLength) return undefined
  if (!/^https:\/\/[^/\\@\s?#]+([/?#]|$)/i.test(text)) return undefined
  if (/[\p{Cc}\p{Cf}\s\\]/u.test(text)) return undefined
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const hasCredentials = url.username !== '' || url.password !== ''
  if (url.protocol !== 'https:' || url.hostname === '' || hasCredentials) return undefined
  return url.href
}
