import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { isMain } from './lib/is-main.mjs'
import { inProject, projectRoot } from './lib/paths.mjs'
import { runScript } from './lib/prepare.mjs'
import { readableDuration } from './lib/step-lines.mjs'

const batchSize = 200
const printEveryMs = 10_000
const mostStories = 3
const seedsInTest = 20_000

/**
 * Lets the sync engine live through `seeds` lives, from seed `from`, on all cores. Out: `{ code,
 * passed, failed }`; the shortest stories of the first failures are printed.
 */
export async function simulateSeeds({ seeds, from, write = print }) {
  return withBundle((bundle) => runSeeds(bundle, { seeds: range(from, seeds), write }))
}

/**
 * What `npm test` runs: half of it the same as ever, the seeds that failed in the past first, and as
 * many that this commit is the first to see.
 */
export function simulateForTest() {
  return withBundle(async (bundle) => {
    const { pastFailures } = await import(pathToFileURL(bundle).href)
    const half = seedsInTest / 2
    const fixed = new Set([...pastFailures, ...range(1, half)])
    const seeds = [...[...fixed].slice(0, half), ...range(seedOfCommit(), half)]
    return runSeeds(bundle, { seeds, write: print })
  })
}

const range = (from, count) => Array.from({ length: count }, (_, index) => from + index)

/** Without a repository the seeds of the day before yesterday do as well. */
function seedOfCommit() {
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd: projectRoot, stdio: 'pipe' })
    return 1_000_000 + (Number.parseInt(commit.toString().slice(0, 7), 16) % 1_000_000_000)
  } catch {
    return 1_000_000
  }
}

async function withBundle(work) {
  const folder = mkdtempSync(join(tmpdir(), 'iblai-simulate-'))
  try {
    return await work(await bundleInto(folder))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The simulation and the engine as one file that plain Node runs. */
async function bundleInto(folder) {
  const { build } = await import('vite')
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: inProject('tests/fakes/simulation/batch.ts'),
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rollupOptions: { output: { entryFileNames: 'batch.mjs' } },
    },
  })
  return join(folder, 'batch.mjs')
}

async function runSeeds(bundle, { seeds, write }) {
  const startedAt = performance.now()
  const tally = { done: 0, failed: [], strayed: [], replayed: 0, counts: {} }
  const timer = setInterval(() => write(progressLine(tally, seeds.length)), printEveryMs)
  try {
    await share(bundle, seeds, (result) => {
      add(tally, result)
      for (const failure of result.failed) write(failureLine(failure))
    })
  } finally {
    clearInterval(timer)
  }
  tally.failed.sort((a, b) => a.seed - b.seed)
  write(summary(tally, { seeds, time: readableDuration(performance.now() - startedAt) }))
  await tellStories(bundle, tally.failed.slice(0, mostStories), write)
  const isGood = tally.failed.length + tally.strayed.length === 0
  return { code: isGood ? 0 : 1, passed: isGood ? 1 : 0, failed: isGood ? 0 : 1 }
}

const progressLine = ({ done, failed }, seeds) =>
  `${done} of ${seeds} seeds, ${failed.length} failed`

const failureLine = ({ seed, violations }) => `seed ${seed}: ${violations[0]}`

function summary({ failed, strayed, replayed, counts }, { seeds, time }) {
  const facts = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    `${seeds.length} seeds, ${spans(seeds)}, in ${time}: ${failed.length} failed`,
    `${replayed} run twice, ${strayed.length} went another way the second time ${strayed.slice(0, 9).join(' ')}`.trimEnd(),
    ...facts.map(([name, count]) => `  ${name}: ${count}`),
    ...failed.slice(0, 20).map(failureLine),
  ].join('\n')
}

/** Neighbours in one word: `1–10000, 1234567–1244566`. */
function spans(seeds) {
  const found = []
  for (const seed of seeds.toSorted((a, b) => a - b)) {
    const last = found.at(-1)
    if (last && seed === last[1] + 1) last[1] = seed
    else found.push([seed, seed])
  }
  return found.map(([first, last]) => (first === last ? first : `${first}–${last}`)).join(', ')
}

async function tellStories(bundle, failed, write) {
  if (failed.length === 0) return
  const { shrink } = await import(pathToFileURL(bundle).href)
  for (const { seed } of failed) {
    const { violations, story } = await shrink(seed)
    write([`\n== seed ${seed}, shortened`, ...story, '', ...violations].join('\n'))
    write(`Again: npm run simulate -- --seeds 1 --from ${seed}`)
  }
}

function add(tally, { done, failed, strayed, replayed, counts }) {
  tally.done += done
  tally.failed.push(...failed)
  tally.strayed.push(...strayed)
  tally.replayed += replayed
  for (const [name, count] of Object.entries(counts)) {
    tally.counts[name] = (tally.counts[name] ?? 0) + count
  }
}

/** Hands out batches to one thread per core. */
async function share(bundle, seeds, onResult) {
  const batches = []
  for (let start = 0; start < seeds.length; start += batchSize) {
    batches.push({ seeds: seeds.slice(start, start + batchSize) })
  }
  const threads = Math.min(availableParallelism(), batches.length)
  await Promise.all(Array.from({ length: threads }, () => work(bundle, batches, onResult)))
}

function work(bundle, batches, onResult) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { simulationBundle: bundle },
    })
    const next = () => {
      const batch = batches.shift()
      if (batch) worker.postMessage(batch)
      else void worker.terminate().then(() => resolve())
    }
    worker.on('message', (result) => {
      onResult(result)
      next()
    })
    worker.on('error', reject)
    next()
  })
}

async function serve(port, bundle) {
  const { runBatch } = await import(pathToFileURL(bundle).href)
  port.on('message', async (batch) => {
    port.postMessage({ ...(await runBatch(batch)), done: batch.seeds.length })
  })
}

function print(text) {
  process.stdout.write(`${text}\n`)
}

function numberAfter(name, otherwise) {
  const index = process.argv.indexOf(name)
  if (index < 0) return otherwise
  const value = Number(process.argv[index + 1])
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`${name} needs a whole number.`)
  return value
}

if (!isMainThread && workerData?.simulationBundle) {
  await serve(parentPort, workerData.simulationBundle)
} else if (isMain(import.meta.url)) {
  await runScript(async () => {
    const seeds = numberAfter('--seeds', seedsInTest)
    const { code } = await simulateSeeds({ seeds, from: numberAfter('--from', 1) })
    return code
  })
}
