import { blend } from './avatar'
import { type Font, type Mark, type Page, writePdf } from './pdf'
import { type Colour, paint, type Raster } from './png'

type Line = readonly [font: Font, size: number, text: string, right?: string]

const LEFT = 56
const TOP = 780

const CV_FIRST: readonly Line[] = [
  ['bold', 22, 'Noor Haddad'],
  ['regular', 9, 'Principal data engineer · Amman, Jordan · noor.haddad@example.org'],
  [
    'regular',
    10,
    'Hydrologist turned data engineer. Builds forecast pipelines that run on time and say',
  ],
  ['regular', 10, 'how sure they are. Eleven years between field stations and schedulers.'],
  ['bold', 11, 'EXPERIENCE'],
  ['bold', 10, 'Lead data engineer', 'Mar 2021 – now'],
  ['italic', 9, 'Blue Aquifer Ltd, Amman'],
  ['regular', 9, '• Cut the daily basin forecast from 5 h to 38 min on the same hardware'],
  ['regular', 9, '• Moved 214 gauge feeds to a checked, replayable intake'],
  ['regular', 9, '• Leads a team of four; on-call pages down from 31 to 4 a month'],
  ['bold', 10, 'Data engineer', 'Jan 2018 – Feb 2021'],
  ['italic', 9, 'Delta Gauge, Aqaba'],
  ['regular', 9, '• Built the telemetry store behind 1 900 river and well sensors'],
  ['regular', 9, '• Wrote the gap-filling service still used by two ministries'],
  ['bold', 10, 'Hydrologist', 'Aug 2013 – Dec 2017'],
  ['italic', 9, 'Wadi Survey Office'],
  ['regular', 9, '• Flood lag studies in Wadi Mujib and Wadi Araba'],
  ['regular', 9, '• Rebuilt the rating curves of nine stations'],
  ['bold', 10, 'Field assistant', 'Jul 2010 – Aug 2011'],
  ['italic', 9, 'Wadi Survey Office'],
  ['regular', 9, '• Discharge measurements, sediment sampling, station repair'],
]

const CV_SECOND: readonly Line[] = [
  ['bold', 11, 'EDUCATION'],
  ['bold', 10, 'MSc, Hydrology', '2011 – 2013'],
  ['italic', 9, 'University of Jordan · grade 3.85'],
  ['bold', 10, 'BSc, Civil Engineering', '2006 – 2010'],
  ['italic', 9, 'University of Jordan'],
  ['bold', 11, 'SKILLS'],
  ['regular', 9, 'Python, SQL, Airflow, GDAL, PostGIS, Kalman filtering, hydrological modelling'],
  ['bold', 11, 'LANGUAGES'],
  ['regular', 9, 'Arabic (native), English (fluent), French (working)'],
  ['bold', 11, 'ONE PICTURE'],
  ['regular', 9, 'Depth to groundwater in the Zarqa basin, kriged from 88 wells.'],
]

const CV_MAP_SIDE = 350
const PORTFOLIO_MAP_SIDE = 448

export function drawCv(): Buffer {
  const map = reliefMap(CV_MAP_SIDE, 3)
  const second: Page = [...layOut(CV_SECOND), { raster: map, x: LEFT, y: 180, side: 320 }]
  return writePdf('Noor Haddad', [layOut(CV_FIRST), second])
}

export function drawPortfolio(): Buffer {
  const sheets = ['Zarqa basin, recharge 2025', 'Wadi Mujib, flash-flood lag']
  const pages = sheets.map((title, index): Page => {
    const map = reliefMap(PORTFOLIO_MAP_SIDE, index + 5)
    return [...layOut([['bold', 16, title]]), { raster: map, x: LEFT, y: 260, side: 480 }]
  })
  return writePdf('Maps', pages)
}

function layOut(lines: readonly Line[]): readonly Mark[] {
  let y = TOP
  return lines.flatMap(([font, size, text, right]): readonly Mark[] => {
    const heading = font === 'bold' && size === 11
    y -= size + (heading ? 14 : 6)
    const left: Mark = { text, x: LEFT, y, size, font }
    const rule: readonly Mark[] = heading ? [{ ruleAt: y - 4 }] : []
    const aside: readonly Mark[] =
      right === undefined ? [] : [{ text: right, x: 450, y, size: 9, font: 'regular' }]
    return [left, ...rule, ...aside]
  })
}

const LOW: Colour = [38, 98, 120]
const HIGH: Colour = [240, 214, 160]
const CONTOUR: Colour = [92, 70, 52]

/** Smooth made-up relief with contour lines; the same number always gives the same map. */
function reliefMap(side: number, variant: number): Raster {
  return paint(side, side, (x, y) => {
    const height = reliefAt(x / side, y / side, variant)
    const onContour = (height * 14) % 1 < 0.06
    return onContour ? CONTOUR : blend(LOW, HIGH, height)
  })
}

function reliefAt(x: number, y: number, variant: number): number {
  const ridge = Math.sin(x * (4 + variant) + Math.cos(y * 5) * 1.4)
  const valley = Math.cos(y * (3 + variant / 2) - Math.sin(x * 4) * 1.7)
  return Math.min(1, Math.max(0, 0.5 + ridge * 0.26 + valley * 0.22))
}
