import { run } from './child.mjs'
import { inProject, projectRoot } from './paths.mjs'
import { readableDuration } from './step-lines.mjs'

const atOnce = 2
const longestMs = 14 * 60_000

/**
 * Runs groups of stages, one group after the other, and stops at the first failure. A stage is `{
 * name, tool, args }`, a program of node_modules whose output is shown when it ends, or `{ name,
 * run }`, which prints as it goes and returns `{ code, passed, failed }`.
 * In: `only`, the names of the stages wanted. Out: the exit code. The last line is "N passed, N
 * failed": tests, and a stage without tests when it failed.
 */
export async function runStages(groups, { only }) {
  const known = groups.flat().map(({ name }) => name)
  const unknown = only?.filter((name) => !known.includes(name)) ?? []
  if (unknown.length > 0)
    throw new Error(`No such stage: ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  const total = { passed: 0, failed: 0 }
  const startedAt = performance.now()
  const failed = await firstFailure(wantedOf(groups, only), total)
  const time = readableDuration(performance.now() - startedAt)
  print(failed ? `\nFAILED: ${failed}, after ${time}` : `\nAll stages passed in ${time}`)
  print(`${total.passed} passed, ${total.failed} failed`)
  return failed ? 1 : 0
}

function wantedOf(groups, only) {
  const wanted = groups.map((group) => group.filter(({ name }) => only?.includes(name) ?? true))
  return wanted.filter((group) => group.length > 0)
}

async function firstFailure(groups, total) {
  for (const group of groups) {
    const failed = await runGroup(group, total)
    if (failed) return failed
  }
  return undefined
}

/** Two at a time; when one fails the other is ended by its pid and the rest is left. */
async function runGroup(group, total) {
  const waiting = [...group]
  const children = new Set()
  let failed
  const worker = async () => {
    while (waiting.length > 0 && failed === undefined) {
      const stage = waiting.shift()
      const result = await runStage(stage, children)
      if (failed !== undefined) return
      report(stage, result)
      add(total, result)
      if (result.code === 0) continue
      failed = stage.name
      for (const child of children) child.kill()
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return failed
}

async function runStage(stage, children) {
  const startedAt = performance.now()
  const work = stage.run ? runOwn(stage) : runTool(stage, children)
  return { ...(await work), durationMs: performance.now() - startedAt }
}

async function runOwn({ name, run: work }) {
  print(`\n== ${name}`)
  try {
    return await work()
  } catch (error) {
    print(error.message)
    return { code: 1 }
  }
}

async function runTool({ tool, args }, children) {
  const program = inProject('node_modules', ...tool)
  let started
  const onStart = (child) => children.add((started = child))
  const env = { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) }
  const options = { cwd: projectRoot, env, timeoutMs: longestMs, onStart }
  const { code, output } = await run(process.execPath, [program, ...args], options)
  children.delete(started)
  return { code, output }
}

function report({ name }, { code, output, durationMs }) {
  if (output !== undefined) print(`\n== ${name}${output.trim() ? `\n${output.trim()}` : ''}`)
  print(`-- ${name} ${code === 0 ? 'passed' : 'FAILED'} in ${readableDuration(durationMs)}`)
}

function add(total, { code, passed = 0, failed = 0 }) {
  total.passed += passed
  total.failed += code !== 0 && failed === 0 ? 1 : failed
}

function print(text) {
  process.stdout.write(`${text}\n`)
}
