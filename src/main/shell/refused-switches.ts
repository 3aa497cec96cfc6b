/** Switches that would open a release build to a debugger or weaken it. A fuse closes only some. */
const refused = [
  'allow-running-insecure-content',
  'auth-',
  'browser-subprocess-path',
  'disable-features',
  'disable-gpu-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-setuid-sandbox',
  'disable-site-isolation-trials',
  'disable-web-security',
  'enable-features',
  'enable-blink-features',
  'gpu-launcher',
  'host-resolver-rules',
  'host-rules',
  'ignore-certificate-errors',
  'inspect',
  'js-flags',
  'load-extension',
  'log-net-log',
  'no-sandbox',
  'no-zygote',
  'proxy-',
  'remote-allow-origins',
  'remote-debugging',
  'renderer-cmd-prefix',
  'single-process',
  'ssl-key-log-file',
  'unsafely-treat-insecure-origin-as-secure',
  'utility-cmd-prefix',
]

/** Chromium takes one or two hyphens, and on Windows a slash; a path has a second slash. */
const form = /^(?:--?|\/)([a-z][a-z-]*)(?:=.*)?$/is

/** The first command-line switch that a release build must not run with. */
export function refusedSwitch(argv: readonly string[]): string | undefined {
  return argv.slice(1).find((argument) => {
    const name = form.exec(argument)?.[1]?.toLowerCase()
    return name !== undefined && refused.some((start) => name.startsWith(start))
  })
}
