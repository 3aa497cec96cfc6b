import { fork } from 'node:child_process'
import { once } from 'node:events'
import { inProject } from '../../scripts/lib/paths.mjs'
import { endProcess } from '../lib/end-process.mjs'

/** A process that uploads with the app's code. @returns `{ upload, peakMib, end }`. */
export async function startUploader({ session, bundle, origin, spool }) {
  const child = fork(inProject('bench', 'upload', 'uploader.mjs'), [bundle, origin], {
    execPath: session.executable,
    env: { ...session.env, ELECTRON_RUN_AS_NODE: '1' },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const answer = async () => {
    const ended = new AbortController()
    const gone = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
      throw new Error(`the uploader ended with ${code}`)
    })
    try {
      const [message] = await Promise.race([once(child, 'message', { signal: ended.signal }), gone])
      return message
    } finally {
      gone.catch(() => undefined)
      ended.abort()
    }
  }
  const ask = (question) => {
    const answered = answer()
    child.send(question)
    return answered
  }
  await answer()
  return {
    upload: async (file) => (await ask({ act: 'upload', spool, ...file })).ms,
    peakMib: async () => (await ask({ act: 'peak' })).mib,
    end: () => endProcess(child),
  }
}
