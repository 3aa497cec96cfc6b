import { defineConfig } from 'playwright/test'

// One worker: each test starts a whole Electron, and the machines this runs on have two cores.
// Nothing waits for time; the limits only end what would never come.
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: '../../test-results/e2e',
  use: { actionTimeout: 20_000 },
})
