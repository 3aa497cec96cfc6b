import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { test as base } from 'playwright/test'
import { startPlatform, type Platform } from '../../src/demo-platform/platform'
import type { PlatformOptions } from '../../src/demo-platform/options'

/** The built app in a data folder of its own; it may be ended and started again on the same folder. */
export interface RunningApp {
  readonly userData: string
  readonly page: () => Page
  readonly electron: () => ElectronApplication
  /** Starts the app and waits for its window. */
  readonly start: (options?: StartOptions) => Promise<Page>
  /** Ends it as the person would. */
  readonly quit: () => Promise<void>
  /** Ends its main process at once, as a crash or a power cut would. */
  readonly kill: () => Promise<void>
}

export interface StartOptions {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

interface Fixtures {
  readonly platformOptions: PlatformOptions
  /** The embedded platform, in this process and in memory, on a free loopback port. */
  readonly platform: Platform
  readonly app: RunningApp
}

export const test = base.extend<Fixtures>({
  platformOptions: [{}, { option: true }],
  platform: async ({ platformOptions }, use) => {
    const platform = await startPlatform(platformOptions)
    await use(platform)
    await platform.close()
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
  app: async ({}, use) => {
    const userData = await mkdtemp(join(tmpdir(), 'iblai-profile-e2e-'))
    const app = createApp(userData)
    await use(app)
    await app.kill()
    await rm(userData, { recursive: true, force: true })
  },
})

export { expect } from 'playwright/test'

function createApp(userData: string): RunningApp {
  let electron: ElectronApplication | undefined
  let page: Page | undefined
  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the app is not running')
    return part
  }
  const end = async (act: (electron: ElectronApplication) => Promise<unknown>) => {
    const ending = electron
    electron = undefined
    page = undefined
    if (ending) await act(ending)
  }
  return {
    userData,
    page: () => running(page),
    electron: () => running(electron),
    start: async ({ args = [], env = {} } = {}) => {
      electron = await _electron.launch({
        executablePath: required('ELECTRON_EXECUTABLE'),
        args: [...appArguments(), `--user-data-dir=${userData}`, ...args],
        env: { ...definedEnvironment(), ...env },
        chromiumSandbox: true,
      })
      page = await electron.firstWindow()
      await page.waitForLoadState()
      return page
    },
    quit: () => end((ending) => ending.close()),
    kill: () =>
      end(async (ending) => {
        const process = ending.process()
        const closed = ending.waitForEvent('close')
        process.kill('SIGKILL')
        await closed
      }),
  }
}

function appArguments(): readonly string[] {
  const parsed: unknown = JSON.parse(required('ELECTRON_ARGS'))
  if (!Array.isArray(parsed)) throw new Error('ELECTRON_ARGS is not a list')
  return parsed.map(String)
}

function required(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set: run through npm run test:e2e`)
  return value
}

const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
