import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** They put something else in the place of a module, which the other files of a worker must not get. */
const mocking = [
  'src/main/adapters/disk/workspace.crash.test.ts',
  'tests/fakes/simulation/planted.test.ts',
]

/** Minutes where others take seconds: begun last, they would run with one core alone. */
const longest = ['tests/fault-matrix/matrix.test.ts', ...mocking]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) =>
      longest.some((path) => moduleId.endsWith(path))
    const sorted = await super.sort(files)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}

export default defineConfig({
  test: {
    // All cores: left to itself it keeps one of them free.
    maxWorkers: '100%',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'node',
          environment: 'node',
          // Loading the same modules anew for each file took longer than the tests.
          isolate: false,
          include: [
            'src/{shared,main,preload,demo-platform}/**/*.test.ts',
            'tests/{conformance,fakes,fault-matrix,rules}/**/*.test.ts',
            'scripts/**/*.test.{ts,mjs}',
          ],
          exclude: mocking,
        },
      },
      { test: { name: 'mocking', environment: 'node', include: mocking } },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'renderer',
          environment: 'jsdom',
          isolate: false,
          include: ['src/renderer/**/*.test.ts'],
          setupFiles: ['tests/renderer-setup.ts'],
        },
      },
    ],
  },
})
