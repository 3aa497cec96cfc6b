import { expect, test } from './app'
import { personOn } from './support/stored'
import { processTree } from './support/traces'

test(
  'runs with the sandbox on, connects and edits',
  { tag: '@ordinary-user' },
  async ({ app, connected: frame, platform }) => {
    const processes = await processTree(app.electron().process().pid ?? 0)
    expect(processes.map(({ command }) => command).join()).not.toContain('--no-sandbox')
    const renderers = processes.filter(({ command }) => command.includes('--type=renderer'))
    expect(renderers).toHaveLength(1)
    for (const { status } of renderers) {
      expect(status).toMatch(/^Seccomp:\s+2$/m)
      expect(status).toMatch(/^NoNewPrivs:\s+1$/m)
    }
    await frame.field('About').fill('Edited inside the sandbox.')
    await frame.saveAndSend()
    expect(personOn(platform).bio).toBe('Edited inside the sandbox.')
  },
)
