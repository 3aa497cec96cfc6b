import { join } from 'node:path'
import { build } from 'vite'
import { inProject } from '../../scripts/lib/paths.mjs'

/**
 * In: `entry`, the folders and the name of a module under bench/ that exports parts of the app.
 * @returns the path of that module with all it needs, built like the app's main.
 */
export async function bundleParts(entry, folder) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject(),
    ssr: { noExternal: true },
    build: {
      ssr: inProject('bench', ...entry),
      target: 'node20',
      minify: true,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        output: { format: 'es', entryFileNames: 'parts.mjs', chunkFileNames: '[name].mjs' },
      },
    },
  })
  return join(folder, 'parts.mjs')
}
