import { expect, it } from 'vitest'
import { keyShortcut } from './key-shortcut'

it.each([
  ['Ctrl S', 'Control+S'],
  ['Ctrl Shift P', 'Control+Shift+P'],
  ['⌘S', 'Meta+S'],
  ['⌘⇧P', 'Meta+Shift+P'],
  ['Del', 'Delete'],
  [undefined, undefined],
])('says %j as %j', (keys, spoken) => {
  expect(keyShortcut(keys)).toBe(spoken)
})
