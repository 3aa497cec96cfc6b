import { electronRuntime, electronSwitches } from './electron-runtime.mjs'
import { projectRoot } from './paths.mjs'

/**
 * @returns `{ executable, args, version }`: how to start the built app, and the version of the
 * Electron that does.
 */
export function appCommand() {
  const { executable, version } = electronRuntime()
  return { executable, args: [...electronSwitches(), projectRoot], version }
}

/** @returns the environment that tells a test or a measurement how to start the built app. */
export function appEnvironment({ executable, args, version } = appCommand()) {
  return {
    ELECTRON_EXECUTABLE: executable,
    ELECTRON_ARGS: JSON.stringify(args),
    ELECTRON_VERSION: version,
  }
}
