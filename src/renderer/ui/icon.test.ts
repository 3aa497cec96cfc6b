import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { iconPaths, type IconName } from './icon'

interface Drawing {
  readonly node: readonly (readonly [string, { readonly d?: string }])[]
}

const folder = dirname(createRequire(import.meta.url).resolve('@lucide/svelte/icons/lock'))

function drawingOf(name: string): Drawing {
  const source = readFileSync(join(folder, `${name}.svelte`), 'utf8')
  return JSON.parse(/const iconData = (\{.*\});/.exec(source)?.[1] ?? '{"node":[]}') as Drawing
}

it.each(Object.keys(iconPaths) as IconName[])('draws %s as the icon set does', (name) => {
  const shapes = drawingOf(name).node
  const joined = iconPaths[name]

  expect(shapes.length).toBeGreaterThan(0)
  expect(joined.split('M').length - 1).toBeGreaterThanOrEqual(shapes.length)
  for (const [tag, { d = '' }] of shapes) {
    if (tag === 'path') expect(joined).toContain(d.replace(/^[Mm]\s*[\d.-]+[\s,]*[\d.-]+\s*/, ''))
  }
})
