import { mkdirSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { appCommand } from './lib/app-command.mjs'
import { withHeadlessSession } from './lib/headless-session.mjs'
import { isMain } from './lib/is-main.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
import { prepare, runScript } from './lib/prepare.mjs'
import { readableDuration } from './lib/step-lines.mjs'
import { TourApp } from './lib/tour-app.mjs'
import { tourSteps } from './tour-steps.mjs'

const stepMs = 60_000
const pictures = inProject('tour')

/**
 * The guided tour: the real app, in a desktop of its own, does what a person would. Prints each
 * step with its time and leaves a picture of each in tour/. Out: the exit code; 1 after the first
 * step that fails.
 */
export async function runTour() {
  rmSync(pictures, { recursive: true, force: true })
  mkdirSync(pictures, { recursive: true })
  const startedAt = performance.now()
  return withHeadlessSession({ keyring: 'unlocked' }, async (env) => {
    const app = await TourApp.create({ env, command: appCommand() })
    try {
      for (const [index, step] of tourSteps.entries()) await runStep(step, { index, app })
      print(`done: ${tourSteps.length} steps in ${since(startedAt)}, pictures in tour/`)
      return 0
    } catch (error) {
      print(`FAILED: ${error.message}`)
      return 1
    } finally {
      await app.end()
    }
  })
}

async function runStep({ name, run }, { index, app }) {
  const startedAt = performance.now()
  const label = `${String(index + 1).padStart(2)}  ${name.padEnd(64)}`
  try {
    await withinTime(run(app))
    const picture = await takePicture(app, pictureName(index, name))
    print(`${label}  ${since(startedAt).padStart(7)}  ${picture}`)
  } catch (error) {
    print(`${label}  failed after ${since(startedAt)}`)
    const picture = await takePicture(app, pictureName(index, `${name} failed`))
    throw new Error(
      `step ${index + 1}, "${name}" ${picture}\n${error.stack}\n${app.lastOutput()}`,
      { cause: error },
    )
  }
}

async function withinTime(work) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`It took longer than ${stepMs / 1000} s.`)), stepMs)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

async function takePicture(app, path) {
  return (await app.screenshot(path)) ? relative(projectRoot, path) : '(no window)'
}

function pictureName(index, name) {
  const words =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  return inProject(
    'tour',
    `${String(index + 1).padStart(2, '0')}-${words.join('-').slice(0, 60)}.png`,
  )
}

function since(startedAt) {
  return readableDuration(performance.now() - startedAt)
}

function print(text) {
  process.stdout.write(`tour  ${text}\n`)
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    await prepare({ uses: ['run', 'headless'] })
    return runTour()
  })
}
