import { join } from 'node:path'
import { app } from 'electron'

/** A file of the build. The bundler moves modules into chunks, so no path is relative to one. */
export const builtFile = (...parts: readonly string[]): string =>
  join(app.getAppPath(), 'out', ...parts)

/** A picture that ships beside the app. */
export const resourceFile = (...parts: readonly string[]): string =>
  app.isPackaged
    ? join(process.resourcesPath, 'resources', ...parts)
    : join(app.getAppPath(), 'resources', ...parts)
