/**
 * Loopback, unspecified and link-local names and literals: nothing outside this computer and its
 * cable. URL parsing has already made IPv4 forms plain.
 */
export const isThisComputer = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  /^(127|0)\./.test(hostname) ||
  hostname.startsWith('169.254.') ||
  /^\[?(::1?|fe[89ab].*|::ffff:.*)\]?$/i.test(hostname)
