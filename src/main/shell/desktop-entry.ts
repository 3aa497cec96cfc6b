/**
 * A desktop entry that starts the program with these arguments.
 * Source: freedesktop.org, Desktop Entry Specification, "The Exec key": an argument in double quotes,
 * in it `"`, backquote, `$` and backslash behind a backslash, the string's own escapes once more, and
 * `%` doubled.
 */
export function desktopEntry(program: string, given: readonly string[]): string {
  const exec = [program, ...given].map(quoted).join(' ')
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=ibl.ai Profile',
    `Exec=${exec}`,
    'Icon=iblai-profile',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

const quoted = (argument: string): string => {
  const inQuotes = argument.replace(/["`$\\]/g, '\\$&').replaceAll('%', '%%')
  return `"${inQuotes.replaceAll('\\', '\\\\')}"`
}
