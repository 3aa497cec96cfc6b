import { resolve } from 'node:path'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'electron-vite'

const room = (path: string) => resolve(import.meta.dirname, 'src', path)

// Targets are those of the oldest runtime the build runs on: Electron 33 (Node 20, Chromium 130).
export default defineConfig({
  main: {
    build: {
      target: 'node20',
      minify: true,
      // Bundled, so that start-up opens a few files instead of hundreds; keytar is native and stays outside.
      externalizeDeps: { exclude: ['undici', 'electron-store', 'valibot'] },
      rollupOptions: {
        input: {
          index: room('main/index.ts'),
          'demo-platform': room('demo-platform/main.ts'),
          'demo-utility': room('demo-platform/utility.ts'),
        },
        output: { format: 'es' },
      },
    },
  },
  preload: {
    build: {
      target: 'node20',
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: room('preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: room('renderer'),
    plugins: [svelte()],
    build: {
      target: 'chrome130',
      minify: true,
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: { input: room('renderer/index.html') },
    },
  },
})
