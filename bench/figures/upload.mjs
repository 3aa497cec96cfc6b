import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../scripts/lib/paths.mjs'
import { bundleParts } from '../lib/bundle-parts.mjs'
import { endProcess } from '../lib/end-process.mjs'
import { comparison } from '../lib/figure.mjs'
import { firstJsonLine } from '../lib/json-lines.mjs'
import { takePairs } from '../lib/pairs.mjs'
import { curlUpload } from '../upload/curl.mjs'
import { startUploader } from '../upload/uploader-process.mjs'

const mib = 1024 * 1024
const sizes = [
  { mebibytes: 5, limits: { target: 1, never: 1.5 } },
  { mebibytes: 25, limits: { target: 1.2, never: 1.6 } },
]
const largest = sizes[1].mebibytes

/** A résumé sent by the app's own code against curl sending the same form, and what it costs. */
export async function measureUpload({ session, pairs, onPair }) {
  const spool = join(session.folder, 'spool')
  mkdirSync(spool)
  const bundle = await bundleParts(['upload', 'parts.mjs'], join(session.folder, 'upload-code'))
  const sink = spawn(process.execPath, [inProject('bench', 'upload', 'sink.mjs')], {
    env: session.env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const { origin } = await firstJsonLine(sink)
    const setup = { session, bundle, origin, spool, pairs, onPair }
    const figures = []
    for (const size of sizes) figures.push(await timeAgainstCurl(setup, size))
    return [...figures, await extraMemory(setup)]
  } finally {
    await endProcess(sink)
  }
}

function fileOf(spool, mebibytes) {
  const spoolId = `mib-${mebibytes}`
  writeFileSync(join(spool, spoolId), randomBytes(mebibytes * mib))
  return { spoolId, size: mebibytes * mib }
}

/** The app keeps running between uploads, so its process is warm; curl's is what it always is. */
async function timeAgainstCurl(setup, { mebibytes, limits }) {
  const { origin, spool, pairs, onPair } = setup
  const file = fileOf(spool, mebibytes)
  const uploader = await startUploader(setup)
  try {
    await uploader.upload(file)
    const taken = await takePairs(pairs, {
      a: () => uploader.upload(file),
      b: () => curlUpload({ origin, path: join(spool, file.spoolId) }),
      onPair,
    })
    const columns = ['app ms', 'curl ms']
    return comparison({ name: `upload of ${mebibytes} MiB ÷ curl`, pairs: taken, columns, limits })
  } finally {
    await uploader.end()
  }
}

/** Peaks of two fresh processes with the same code, one of which sends the largest file. */
async function extraMemory(setup) {
  const file = fileOf(setup.spool, largest)
  const peak = async (work) => {
    const uploader = await startUploader(setup)
    try {
      await work(uploader)
      return await uploader.peakMib()
    } finally {
      await uploader.end()
    }
  }
  const taken = await takePairs(setup.pairs, {
    a: () => peak((uploader) => uploader.upload(file)),
    b: () => peak(() => undefined),
    onPair: setup.onPair,
  })
  return comparison({
    name: `extra memory of a ${largest} MiB upload`,
    unit: 'MiB',
    of: ({ a, b }) => a - b,
    pairs: taken,
    columns: ['peak MiB', 'idle MiB'],
    limits: { target: 16, never: 40 },
  })
}
