import { pathToFileURL } from 'node:url'
import { answerQuestions } from '../lib/asked-process.mjs'
import { drain, idleLoop } from './drain.mjs'
import { measureDurable } from './durable.mjs'
import { prepareQueue } from './edits.mjs'
import { openGrowth } from './growth.mjs'
import { replay } from './replay.mjs'

/** Runs the app's engine, or what it is compared with, when its parent asks. */
const parts = await import(pathToFileURL(process.argv[2]).href)

let growth

answerQuestions({
  prepare: (question) => prepareQueue(parts, question),
  drain: (question) => drain(parts, question),
  idle: idleLoop,
  replay,
  durable: (question) => measureDurable(parts, question),
  openGrowth: async (question) => {
    growth = await openGrowth(parts, question)
  },
  growth: async () => ({ times: await growth.round() }),
})
