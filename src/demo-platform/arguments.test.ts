import { describe, expect, it } from 'vitest'
import { readArguments } from './arguments'

describe('the stand-alone platform’s arguments', () => {
  it('may all be left out', () => {
    expect(readArguments([])).toEqual({ keepRequests: 0, generation: 'current', social: 'twitter' })
  })

  it('set port, folder, generation, social platform and number of memories', () => {
    const args = [
      '--port',
      '8080',
      '--folder',
      'data',
      '--generation',
      'both',
      '--social',
      'x',
      '--memories',
      '5',
    ]
    expect(readArguments(args)).toEqual({
      keepRequests: 0,
      port: 8080,
      folder: 'data',
      generation: 'both',
      social: 'x',
      memories: 5,
    })
  })

  it.each([
    [['--port', 'http'], '--port takes a number, not "http".'],
    [['--social', 'github'], '--social takes twitter or x, not "github".'],
    [['--verbose'], "Unknown option '--verbose'"],
  ])('are refused with a sentence: %j', (args, message) => {
    expect(() => readArguments(args)).toThrow(message)
  })
})
