import { inProject } from '../../scripts/lib/paths.mjs'
import { single } from '../lib/figure.mjs'
import { launch } from '../lib/launch.mjs'
import { appPage } from '../lib/page-scripts.mjs'

/** Messages between page and main until a field takes keys; questions and answers count as one each. */
export async function measureMessages({ session }) {
  const app = await session.connectedApp()
  const messages = []
  const running = await launch({
    ...app,
    folder: inProject('bench', 'counting-main'),
    env: { ...app.env, BENCH_APP_FOLDER: app.folder },
    page: appPage,
    onValue: (value) => messages.push(value),
  })
  try {
    const { at } = await running.ready()
    return figuresOf(messages.filter((message) => message.at <= at))
  } finally {
    await running.end()
  }
}

function figuresOf(messages) {
  const detail = messages.map(({ channel, direction, bytes }) => `${direction} ${channel} ${bytes}`)
  const largest = Math.max(0, ...messages.map(({ bytes }) => bytes))
  const waitedFor = messages.filter(({ isSync }) => isSync).length
  return [
    single({
      name: 'messages on the start path',
      unit: '',
      value: messages.length,
      limits: { target: 6, never: 10 },
      detail,
    }),
    single({
      name: 'largest of them',
      unit: 'KB',
      value: largest / 1000,
      limits: { target: 60, never: 64 },
    }),
    single({
      name: 'synchronous ones',
      unit: '',
      value: waitedFor,
      limits: { target: 0, never: 0 },
    }),
  ]
}
