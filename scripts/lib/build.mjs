import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { withCheckoutLock } from './checkout-lock.mjs'
import { runOrThrow } from './child.mjs'
import { electronRuntime } from './electron-runtime.mjs'
import { inProject, projectRoot } from './paths.mjs'

const inputs = [
  'src',
  'resources',
  'electron.vite.config.ts',
  'svelte.config.js',
  'package.json',
  'package-lock.json',
]
const ignored = /\.test\.ts$/
const entry = join('out', 'main', 'index.js')

/**
 * Builds the app unless `out/` already holds what these sources give.
 * In: `onOutput` sees what the builder prints. Out: `{ state, value }` for a step line; rejects
 * when it does not build.
 */
export function ensureBuild({ root = projectRoot, onOutput } = {}) {
  return withCheckoutLock('build', async () => {
    const hash = hashOfSources(root)
    if (isBuilt(root, hash)) return { state: 'up to date' }
    await build({ onOutput })
    writeFileSync(stampFile(root), stampOf(root, hash))
    return { state: 'built' }
  })
}

/**
 * Builds, whatever is there. The stamp goes first, so that half a build is never taken for a whole
 * one.
 */
async function build({ onOutput }) {
  mkdirSync(inProject('out'), { recursive: true })
  rmSync(stampFile(projectRoot), { force: true })
  const env = { ...process.env, ELECTRON_EXEC_PATH: electronRuntime().executable }
  const builder = inProject('node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  await runOrThrow(process.execPath, [builder, 'build'], { cwd: projectRoot, env, onOutput })
}

/**
 * @returns whether the stamp is that of these sources, and of the very files that lie in `out/`
 * now.
 */
export function isBuilt(root, hash) {
  try {
    return readFileSync(stampFile(root), 'utf8') === stampOf(root, hash)
  } catch {
    return false
  }
}

/** @returns a fingerprint of everything the build reads, by content. */
export function hashOfSources(root) {
  const hash = createHash('sha256')
  const files = inputs
    .flatMap((input) => filesBelow(join(root, input)))
    .filter((file) => !ignored.test(file))
  for (const file of files.toSorted())
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

/**
 * Somebody may have built by hand since: the time of the entry file ties the stamp to one build.
 */
export function stampOf(root, hash) {
  return `${hash} ${statSync(join(root, entry)).mtimeMs}`
}

function stampFile(root) {
  return join(root, 'out', '.build-stamp')
}

function filesBelow(path) {
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  return entries.filter((item) => item.isFile()).map((item) => join(item.parentPath, item.name))
}
