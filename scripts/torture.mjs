import { parseArgs } from 'node:util'
import { appCommand } from './lib/app-command.mjs'
import { withHeadlessSession } from './lib/headless-session.mjs'
import { isMain } from './lib/is-main.mjs'
import { prepare, runScript } from './lib/prepare.mjs'
import { runTorture } from './torture/run.mjs'

const usage = 'Options: --kills N (default 25)  --seed N (default 1)'

/**
 * `npm run torture`: the real app against the embedded platform behind a network that loses things,
 * edited in every section and killed at any instant. Prints what was compared; exit code 1 when
 * anything saved was lost or is there twice.
 */
export async function torture({ kills, seed }) {
  const write = (line) => process.stdout.write(`torture  ${line}\n`)
  const report = await withHeadlessSession({ keyring: 'unlocked' }, (env) =>
    runTorture({ kills, seed, command: appCommand(), env, write }),
  )
  for (const line of reportLines(report)) write(line)
  return report.troubles.length === 0 ? 0 : 1
}

function reportLines({ troubles, evidence, ...report }) {
  const { seed, kills, restarts, edits, compared, stalls, network, msPerKill, settledMs } = report
  const fates = Object.entries(network).map(([fate, count]) => `${fate} ${count}`)
  return [
    `${kills} kills, ${restarts} starts, ${msPerKill} ms per kill; all sent ${settledMs} ms after the network was well`,
    `${edits.attempted} edits saved, ${edits.claimed} of them confirmed by the app before it died`,
    `compared: ${compared.views} times the window after a restart, ${compared.drafts} drafts, ${compared.values} values and records on the platform, files, token`,
    `shown late after a restart, though the platform had it: ${compared.late}`,
    `starts in which the window took no click for a minute: ${stalls}`,
    `requests: ${fates.join(', ')}`,
    ...troubles.map((trouble) => `LOST  ${trouble}`),
    troubles.length === 0
      ? 'nothing lost, nothing doubled, nothing left over'
      : `FAILED; again: npm run torture -- --kills ${kills} --seed ${seed}; the folders are kept in ${evidence}`,
  ]
}

function readArguments(args) {
  const options = { kills: { type: 'string' }, seed: { type: 'string' } }
  const { values } = parseArgs({ args, options })
  const kills = Number(values.kills ?? 25)
  const seed = Number(values.seed ?? 1)
  if (!Number.isInteger(kills) || kills < 1 || !Number.isInteger(seed)) throw new Error(usage)
  return { kills, seed }
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const chosen = readArguments(process.argv.slice(2))
    await prepare({ uses: ['run', 'headless'] })
    return torture(chosen)
  })
  // What Playwright still waits for of an app that was killed would keep the process for ever.
  process.exit()
}
