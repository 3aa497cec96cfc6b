import { appCommand } from '../../scripts/lib/app-command.mjs'
import { runTorture } from '../../scripts/torture/run.mjs'
import { expect, test } from './app'

const kills = 25
const seed = 20
/** Under load most shots fall before the app has said a word. */
const leastClaimed = 5

test('nothing that was kept is lost or doubled when the app is killed 25 times', async () => {
  test.setTimeout(600_000)
  const lines: string[] = []
  const report = await runTorture({
    kills,
    seed,
    command: appCommand(),
    env: process.env,
    write: (line) => lines.push(line),
  })
  await test.info().attach('torture', { body: lines.join('\n'), contentType: 'text/plain' })
  expect(report.troubles, `again: npm run torture -- --kills ${kills} --seed ${seed}`).toEqual([])
  expect(report.kills).toBe(kills)
  expect(report.edits.claimed).toBeGreaterThanOrEqual(leastClaimed)
})
