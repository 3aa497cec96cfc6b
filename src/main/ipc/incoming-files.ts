import * as v from 'valibot'

const maxBytes = 26 * 1024 * 1024

/** Files as preload hands them over. The path is one that Electron gave for a real `File`. */
export const incomingFiles = v.pipe(
  v.array(
    v.union([
      v.strictObject({
        path: v.pipe(v.string(), v.minLength(1), v.maxLength(32_768), v.check(isPlainPath)),
      }),
      v.strictObject({
        name: v.pipe(v.string(), v.maxLength(1_024)),
        bytes: v.pipe(
          v.instance(Uint8Array),
          v.check((bytes) => bytes.length <= maxBytes),
        ),
      }),
    ]),
  ),
  v.maxLength(100),
)

/** A whole path, as Electron gives it, to a place in a file system rather than a device of Windows. */
function isPlainPath(path: string): boolean {
  if (path.includes('\0') || /^[\\/]{2}[.?][\\/]/.test(path)) return false
  return /^(?:\/|[a-z]:[\\/]|\\\\)/i.test(path)
}
