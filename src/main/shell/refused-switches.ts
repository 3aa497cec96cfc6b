/** Switches that would open a release build to a debugger or weaken it. A fuse closes only some. */
const refused =
  /^--?(remote-debugging|inspect|no-sandbox|disable-web-security|load-extension|js-flags|host-rules|host-resolver-rules|proxy-server|ignore-certificate-errors)/i

/** The first command-line switch that a release build must not run with. */
export function refusedSwitch(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((argument) => refused.test(argument))
}
