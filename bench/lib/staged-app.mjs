import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../scripts/lib/paths.mjs'

/** A copy of the built app, so that a build meanwhile does not change what is measured. */
export function stageApp(folder) {
  mkdirSync(folder, { recursive: true })
  for (const name of ['out', 'resources', 'package.json'])
    cpSync(inProject(name), join(folder, name), { recursive: true })
  symlinkSync(inProject('node_modules'), join(folder, 'node_modules'), 'dir')
  return folder
}
