import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ProcessMetric } from 'electron'
import type { ElectronApplication, Page } from 'playwright'
import { test as base, type TestInfo } from 'playwright/test'
import { withHeadlessSession } from '../../scripts/lib/headless-session.mjs'
import { launchApp } from '../../scripts/lib/launch-app.mjs'
import { startPlatform, type Platform } from '../../src/demo-platform/platform'
import type { PlatformOptions } from '../../src/demo-platform/options'
import { ConnectPage } from './pages/connect-page'
import { FramePage } from './pages/frame-page'

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
  /** Everything its processes have printed so far, over all starts. */
  readonly output: () => string
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
  /** The app, connected to the platform by typing, with everything read. */
  readonly connected: FramePage
  /** A folder for the test's own files. */
  readonly folder: string
}

interface AutoFixtures {
  /** Lets a failed test run again only where its page stood still. */
  readonly secondTry: undefined
}

interface WorkerFixtures {
  /** A desktop of the worker's own: display, session bus, keyring. Two apps at a time share nothing. */
  readonly desktop: undefined
}

export const test = base.extend<Fixtures & AutoFixtures, WorkerFixtures>({
  desktop: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
    async ({}, use) => {
      await withHeadlessSession({ keyring: 'unlocked' }, async (session) => {
        Object.assign(process.env, session)
        await use(undefined)
      })
    },
    { scope: 'worker', auto: true },
  ],
  secondTry: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
    async ({}, use, info) => {
      const isRightlyFailed = info.retry > 0 && !existsSync(standstillMark(info))
      if (isRightlyFailed) throw new Error('It failed before, and its page had not stood still.')
      await use(undefined)
    },
    { auto: true },
  ],
  platformOptions: [{}, { option: true }],
  platform: async ({ platformOptions }, use) => {
    const platform = await startPlatform(platformOptions)
    await use(platform)
    await platform.close()
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
  app: async ({}, use, info) => {
    const userData = await mkdtemp(join(tmpdir(), 'iblai-profile-e2e-'))
    const app = createApp(userData)
    await use(app)
    if (info.status !== info.expectedStatus) await leaveEvidence(app, info)
    await app.kill()
    await rm(userData, { recursive: true, force: true, maxRetries: 5 })
  },
  connected: async ({ app, platform }, use) => {
    await use(await connectByTyping(app, platform))
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the parameter's form
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'iblai-profile-files-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})

export { expect } from 'playwright/test'

/** Starts the app, connects it as the platform's demo person, and waits until all is read. */
export async function connectByTyping(
  app: RunningApp,
  platform: Platform,
  options?: StartOptions,
): Promise<FramePage> {
  const page = await app.start(options)
  await new ConnectPage(page).connectTo(platform)
  const frame = new FramePage(page)
  await frame.waitUntilRead()
  return frame
}

const longestStartMs = 30_000

export function createApp(userData: string): RunningApp {
  let electron: ElectronApplication | undefined
  let page: Page | undefined
  let output = ''
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
  const listenTo = (started: ElectronApplication) => {
    const { stdout, stderr } = started.process()
    for (const stream of [stdout, stderr]) {
      stream?.on('data', (piece: Buffer) => (output += piece.toString('utf8')))
    }
  }
  const start = async ({ args = [], env = {} }: StartOptions = {}): Promise<Page> => {
    const started = await launchApp({
      executable: required('ELECTRON_EXECUTABLE'),
      args: [...appArguments(), `--user-data-dir=${userData}`, ...args],
      env: { ...definedEnvironment(), ...env },
    })
    electron = started
    listenTo(started)
    started.once('close', () => {
      if (electron === started) electron = undefined
    })
    const opened = await started.firstWindow({ timeout: longestStartMs })
    page = opened
    await opened.waitForLoadState('load', { timeout: longestStartMs })
    return opened
  }
  const killed = () =>
    end(async (ending) => {
      const process = ending.process()
      const closed = ending.waitForEvent('close')
      process.kill('SIGKILL')
      await closed
    })
  return {
    userData,
    page: () => running(page),
    electron: () => running(electron),
    start,
    quit: () => end((ending) => ending.close()),
    kill: killed,
    output: () => output,
  }
}

/** What was on screen and what the app printed when a test failed. */
async function leaveEvidence(app: RunningApp, info: TestInfo): Promise<void> {
  const at = (name: string) => info.outputPath(name)
  await mkdir(info.outputDir, { recursive: true })
  await writeFile(at('output.txt'), app.output())
  const processes = await aboutProcesses(app)
  await writeFile(at('processes.json'), JSON.stringify(processes, null, 2))
  if (standsStill(processes)) await writeFile(standstillMark(info), '')
  try {
    const page = app.page()
    await writeFile(at('tree.txt'), await page.locator('body').ariaSnapshot({ timeout: 5_000 }))
    await page.screenshot({ path: at('screen.png'), timeout: 5_000 })
  } catch {
    // There is no window any more, or it does not answer: then its output has to do.
  }
}

/**
 * What main knows of its processes, and whether the page answers it. A page that answers nobody and uses
 * no processor waits inside Chromium: seen once in some hundred starts on virtual machines, in no test in
 * particular (docs/gotchas.md). One that uses a whole processor is a fault of ours.
 */
async function aboutProcesses(app: RunningApp): Promise<AboutProcesses> {
  try {
    const asked = app.electron().evaluate(async ({ app, BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows()
      const answered: unknown = await Promise.race([
        window?.webContents.executeJavaScript('document.title'),
        new Promise((resolve) => setTimeout(resolve, 3_000, null)),
      ])
      app.getAppMetrics()
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      const isVisible = window?.isVisible()
      const url = window?.webContents.getURL()
      return { hasAnswered: answered !== null, isVisible, url, metrics: app.getAppMetrics() }
    })
    const about = await Promise.race([asked, mainIsSilent()])
    const threads = about.metrics?.map(({ pid, type }) => ({ pid, type, ...threadsOf(pid) }))
    return { ...about, ...(threads && { threads }) }
  } catch (error) {
    return { trouble: String(error) }
  }
}

interface AboutProcesses {
  readonly trouble?: string
  readonly hasAnswered?: boolean
  readonly metrics?: readonly ProcessMetric[]
  readonly threads?: readonly unknown[]
}

const mainIsSilent = () =>
  new Promise<AboutProcesses>((resolve) =>
    setTimeout(resolve, 10_000, { trouble: 'main does not answer' }),
  )

/** Per cent of a processor that is no work. */
const idlePercent = 5

const standsStill = ({ hasAnswered, metrics = [] }: AboutProcesses): boolean =>
  hasAnswered === false &&
  metrics.every(({ type, cpu }) => type !== 'Tab' || cpu.percentCPUUsage < idlePercent)

const standstillMark = ({ project, testId }: TestInfo): string =>
  join(project.outputDir, `stood-still-${testId}`)

/** On Linux what each thread waits for: name, system call and where in the kernel. */
function threadsOf(pid: number): Readonly<Record<string, string>> {
  const tasks = `/proc/${String(pid)}/task`
  if (!existsSync(tasks)) return {}
  return Object.fromEntries(
    readdirSync(tasks).map((task) => {
      const [name = '', call = '', place = ''] = ['comm', 'syscall', 'wchan'].map((file) =>
        readIfThere(join(tasks, task, file)),
      )
      return [task, [name, call.split(' ')[0], place].join(' ')]
    }),
  )
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return ''
  }
}

/** How to start the app by hand, for a second instance. */
export function appCommand(userData: string): {
  readonly executable: string
  readonly args: readonly string[]
} {
  const args = [...appArguments(), `--user-data-dir=${userData}`]
  return { executable: required('ELECTRON_EXECUTABLE'), args }
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

/** The caller's own connection must not fill in the form of a test. */
const definedEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith('IBLAI_'),
    ),
  )
