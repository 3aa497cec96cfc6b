import { inProject } from '../../scripts/lib/paths.mjs'
import { startAskedProcess } from '../lib/asked-process.mjs'

/** A process that uploads with the app's code. @returns `{ upload, peakMib, end }`. */
export async function startUploader({ session, bundle, origin, spool }) {
  const script = inProject('bench', 'upload', 'uploader.mjs')
  const { ask, end } = await startAskedProcess(script, [bundle, origin], session.asNode())
  return {
    upload: async (file) => (await ask({ act: 'upload', spool, ...file })).ms,
    peakMib: async () => (await ask({ act: 'peak' })).mib,
    end,
  }
}
