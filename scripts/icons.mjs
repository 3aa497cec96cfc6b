import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { inProject } from './lib/paths.mjs'
import { runScript } from './lib/prepare.mjs'

/**
 * Draws every picture in `resources` from its SVG source: `node scripts/icons.mjs`. The pictures are
 * kept in the repository, so that neither building nor packaging needs this.
 */
await runScript(async () => {
  const { Resvg } = await import('@resvg/resvg-js')
  const draw = ({ source, target, pixels, color }) => {
    const svg = readFileSync(inProject('resources', source), 'utf8').replaceAll(
      'currentColor',
      color,
    )
    const picture = new Resvg(svg, { fitTo: { mode: 'width', value: pixels } }).render()
    writeFileSync(inProject('resources', target), picture.asPng())
    process.stdout.write(`${target}  ${picture.width} × ${picture.height}\n`)
  }
  for (const state of trayStates()) trayPictures(state).forEach(draw)
  appIcons().forEach(draw)
  draggedFile().forEach(draw)
})

/** One for macOS and Windows, whose packages scale it, and the sizes of the freedesktop icon theme. */
function appIcons() {
  const icon = { source: 'icon.svg', color: '#000000' }
  const themed = [16, 24, 32, 48, 64, 128, 256, 512].map((pixels) => {
    return { ...icon, target: `icons/${pixels}x${pixels}.png`, pixels }
  })
  return [{ ...icon, target: 'icon.png', pixels: 1024 }, ...themed]
}

/** What hangs on the pointer while the résumé is dragged out. */
function draggedFile() {
  const source = { source: 'drag/pdf.svg', color: '#0058CC' }
  return [
    { ...source, target: 'drag/pdf.png', pixels: 48 },
    { ...source, target: 'drag/pdf@2x.png', pixels: 96 },
  ]
}

/** The file names in `resources/tray` are the states of the tray. */
function trayStates() {
  const files = readdirSync(inProject('resources', 'tray'))
  return files.filter((file) => file.endsWith('.svg')).map((file) => file.slice(0, -4))
}

/** For dark panels, for light ones, and the template of macOS, which colours it itself. */
function trayPictures(state) {
  const source = `tray/${state}.svg`
  const looks = [
    { name: `${state}-light`, color: '#FFFFFF', size: 22 },
    { name: `${state}-dark`, color: '#1B1E23', size: 22 },
    { name: `${state}Template`, color: '#000000', size: 16 },
  ]
  return looks.flatMap(({ name, color, size }) => [
    { source, target: `tray/${name}.png`, pixels: size, color },
    { source, target: `tray/${name}@2x.png`, pixels: 2 * size, color },
  ])
}
