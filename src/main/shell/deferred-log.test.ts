import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { MemoryLog } from '../../../tests/fakes/main-clock'
import { deferredLog } from './deferred-log'
import { logUncaught } from './log-uncaught'

it('hands on what came early, in order, and everything after', () => {
  const { log, use } = deferredLog()
  const real = new MemoryLog()
  log.info('first')
  log.error('second', new Error('x'))
  use(real)
  log.info('third')
  expect(real.lines.map(({ event }) => event)).toEqual(['first', 'second', 'third'])
})

it('puts what nobody caught into the log', () => {
  const source = new EventEmitter()
  const log = new MemoryLog()
  logUncaught(source as unknown as NodeJS.Process, log)
  source.emit('uncaughtException', new Error('x'))
  source.emit('unhandledRejection', 'y')
  expect(log.lines.map(({ event }) => event)).toEqual(['uncaught', 'unhandled'])
})
