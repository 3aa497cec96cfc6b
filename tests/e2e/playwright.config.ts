import { defineConfig } from 'playwright/test'

// Two workers, each with a desktop of its own: the machines this runs on have two cores, and a test
// waits about half of its time. Nothing waits for time; the limits only end what would never come.
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  workers: 2,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // For a page that stood still alone: see the fixture `secondTry`.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  outputDir: '../../test-results/e2e',
  use: { actionTimeout: 20_000 },
})
