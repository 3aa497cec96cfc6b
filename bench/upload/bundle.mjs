import { join } from 'node:path'
import { build } from 'vite'
import { inProject } from '../../scripts/lib/paths.mjs'

/** @returns the path of one module with the app's upload code, built like the app's main. */
export async function bundleUpload(folder) {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: inProject(),
    ssr: { noExternal: true },
    build: {
      ssr: inProject('bench', 'upload', 'parts.mjs'),
      target: 'node20',
      minify: true,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { output: { format: 'es', entryFileNames: 'parts.mjs' } },
    },
  })
  return join(folder, 'parts.mjs')
}
