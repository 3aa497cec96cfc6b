// Runs the fault matrix alone; `--write` also writes docs/fault-matrix.md from what was seen, and
// FAULT_ROWS=401,500 runs those rows only.
import { spawnSync } from 'node:child_process'

const isWriting = process.argv.includes('--write')
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', 'tests/fault-matrix'],
  {
    stdio: 'inherit',
    env: { ...process.env, ...(isWriting && { WRITE_FAULT_MATRIX: '1' }) },
  },
)
process.exitCode = status ?? 1
