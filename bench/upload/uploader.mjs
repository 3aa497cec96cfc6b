import { pathToFileURL } from 'node:url'
import { answerQuestions } from '../lib/asked-process.mjs'
import { peakRss } from '../lib/process-tree.mjs'

/**
 * Uploads with the app's own code when its parent asks, and answers with the time it took. Run by
 * Electron as Node, so that it is the Node the app's main process has.
 */
const [bundle, origin] = process.argv.slice(2)
const parts = await import(pathToFileURL(bundle).href)
const { createHttpClient, createResumeApi, createSpool, resume, systemClock, systemRandom } = parts

const token = { reveal: () => 'not-a-secret' }
const client = createHttpClient({
  origins: { lms: origin, dm: origin },
  credential: { lms: () => token, dm: () => token },
  clock: systemClock,
  random: systemRandom,
})

const noRecordYet = { id: 'self', values: {}, wire: {} }

async function upload({ spool, spoolId, size }) {
  const scope = {
    client,
    org: 'bench',
    username: 'bench',
    spool: createSpool(spool, parts.uniqueIds),
    clock: systemClock,
  }
  const startedAt = performance.now()
  const file = { name: 'cv.pdf', type: 'application/pdf', size, spoolId }
  let sent = 0
  const context = {
    signal: new AbortController().signal,
    onProgress: (bytes) => (sent = bytes),
  }
  const result = await createResumeApi(scope).update(resume, noRecordYet, { file }, context)
  const ms = performance.now() - startedAt
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`)
  if (sent < size) throw new Error(`only ${sent} of ${size} bytes were sent`)
  return { ms }
}

answerQuestions({
  upload,
  peak: async () => ({ mib: peakRss(process.pid) }),
})
