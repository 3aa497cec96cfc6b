import { runOrThrow } from '../../scripts/lib/child.mjs'

/** Sends the same form to the same server with curl. @returns how long the whole process took. */
export async function curlUpload({ origin, path }) {
  const startedAt = performance.now()
  const { stdout } = await runOrThrow('curl', [
    ...['--silent', '--show-error', '--fail', '--header', 'Expect:'],
    ...['--header', 'Authorization: Api-Token not-a-secret'],
    ...['--form', 'user=bench', '--form', 'platform=bench'],
    ...['--form', `resume=@${path};type=application/pdf;filename=cv.pdf`],
    `${origin}/api/career/resume/orgs/bench/users/bench/`,
  ])
  const ms = performance.now() - startedAt
  if (!stdout.startsWith('{"bytes"')) throw new Error(`the sink answered ${stdout}`)
  return ms
}
