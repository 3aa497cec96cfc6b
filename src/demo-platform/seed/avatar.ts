import { type Colour, encodePng, paint } from './png'

const SIDE = 240
const SKY_TOP: Colour = [244, 205, 150]
const SKY_BOTTOM: Colour = [232, 168, 106]
const DUNE: Colour = [222, 148, 84]
const HAIR: Colour = [43, 32, 40]
const SKIN: Colour = [206, 142, 104]
const NECK: Colour = [184, 120, 86]
const JACKET: Colour = [32, 92, 108]

/** A head and shoulders in front of a desert evening: 240 × 240, drawn, not photographed. */
export function drawAvatar(): Buffer {
  return encodePng(paint(SIDE, SIDE, (x, y) => smooth(x, y)))
}

const OFFSETS = [0.25, 0.75] as const

function smooth(x: number, y: number): Colour {
  const samples = OFFSETS.flatMap((dx) => OFFSETS.map((dy) => colourAt(x + dx, y + dy)))
  const mean = (channel: 0 | 1 | 2): number =>
    Math.round(samples.reduce((sum, sample) => sum + sample[channel], 0) / samples.length)
  return [mean(0), mean(1), mean(2)]
}

function colourAt(x: number, y: number): Colour {
  if (inEllipse(x, y, [120, 106, 33, 40]) && y > 84 - (x - 120) ** 2 / 90) return SKIN
  if (inEllipse(x, y, [120, 94, 48, 50])) return HAIR
  if (x > 106 && x < 134 && y > 130 && y < 172) return NECK
  if (inEllipse(x, y, [120, 250, 84, 88])) return JACKET
  if (x > 72 && x < 168 && y >= 94 && y < 176) return HAIR
  if (y > 172 + 14 * Math.sin(x / 38)) return DUNE
  return blend(SKY_TOP, SKY_BOTTOM, y / SIDE)
}

type Ellipse = readonly [centreX: number, centreY: number, radiusX: number, radiusY: number]

function inEllipse(x: number, y: number, [cx, cy, rx, ry]: Ellipse): boolean {
  return ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1
}

export function blend(from: Colour, to: Colour, share: number): Colour {
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * share)
  return [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}
