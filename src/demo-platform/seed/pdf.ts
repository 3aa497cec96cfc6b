import type { Raster } from './png'

export type Font = 'regular' | 'bold' | 'italic'

export type Mark =
  | {
      readonly text: string
      readonly x: number
      readonly y: number
      readonly size: number
      readonly font: Font
    }
  | { readonly ruleAt: number }
  | { readonly raster: Raster; readonly x: number; readonly y: number; readonly side: number }

export type Page = readonly Mark[]

const FONTS: Readonly<Record<Font, { readonly key: string; readonly base: string }>> = {
  regular: { key: 'F1', base: 'Helvetica' },
  bold: { key: 'F2', base: 'Helvetica-Bold' },
  italic: { key: 'F3', base: 'Helvetica-Oblique' },
}
const A4 = '[0 0 595 842]'
const FIRST_FREE = 6

/** A PDF 1.4 file: A4 pages with text in standard fonts, rules and uncompressed pictures. */
export function writePdf(title: string, pages: readonly Page[]): Buffer {
  const objects = new Map<number, Buffer>()
  let next = FIRST_FREE
  const add = (content: string | Buffer): number => {
    objects.set(next, Buffer.isBuffer(content) ? content : Buffer.from(content, 'latin1'))
    return next++
  }
  const kids = pages.map((page) => addPage(page, add))
  const dictionary = (id: number, content: string): void => {
    objects.set(id, Buffer.from(content, 'latin1'))
  }
  dictionary(1, '<< /Type /Catalog /Pages 2 0 R >>')
  const list = kids.map((id) => `${String(id)} 0 R`).join(' ')
  dictionary(2, `<< /Type /Pages /Kids [${list}] /Count ${String(kids.length)} >>`)
  Object.values(FONTS).forEach(({ base }, index) =>
    dictionary(
      3 + index,
      `<< /Type /Font /Subtype /Type1 /BaseFont /${base} /Encoding /WinAnsiEncoding >>`,
    ),
  )
  const about = add(`<< /Title (${escape(title)}) /Producer (Demo platform) >>`)
  return assemble(objects, about)
}

function addPage(page: Page, add: (content: string | Buffer) => number): number {
  const pictures = page.flatMap((mark) => ('raster' in mark ? [add(picture(mark.raster))] : []))
  let used = 0
  const drawing = page
    .map((mark) => ('raster' in mark ? draw(mark, used++) : draw(mark, 0)))
    .join('\n')
  const content = add(stream('', Buffer.from(drawing, 'latin1')))
  const images = pictures.map((id, index) => `/I${String(index)} ${String(id)} 0 R`).join(' ')
  const fonts = '/F1 3 0 R /F2 4 0 R /F3 5 0 R'
  return add(
    `<< /Type /Page /Parent 2 0 R /MediaBox ${A4} /Contents ${String(content)} 0 R ` +
      `/Resources << /Font << ${fonts} >> /XObject << ${images} >> >> >>`,
  )
}

function draw(mark: Mark, picture: number): string {
  if ('ruleAt' in mark)
    return `0.6 G 0.6 w 56 ${String(mark.ruleAt)} m 539 ${String(mark.ruleAt)} l S`
  if ('raster' in mark) {
    const side = String(mark.side)
    return `q ${side} 0 0 ${side} ${String(mark.x)} ${String(mark.y)} cm /I${String(picture)} Do Q`
  }
  const position = `${String(mark.x)} ${String(mark.y)} Td`
  return `BT /${FONTS[mark.font].key} ${String(mark.size)} Tf ${position} (${escape(mark.text)}) Tj ET`
}

function picture({ width, height, rgb }: Raster): Buffer {
  const size = `/Width ${String(width)} /Height ${String(height)}`
  return stream(
    `/Type /XObject /Subtype /Image ${size} /ColorSpace /DeviceRGB /BitsPerComponent 8`,
    rgb,
  )
}

function stream(entries: string, content: Buffer): Buffer {
  const head = Buffer.from(`<< ${entries} /Length ${String(content.length)} >>\nstream\n`, 'latin1')
  return Buffer.concat([head, content, Buffer.from('\nendstream', 'latin1')])
}

/** WinAnsi differs from Latin-1 for the dash and the bullet. */
function escape(text: string): string {
  return text
    .replace(/[\\()]/g, '\\$&')
    .replaceAll('–', '\\226')
    .replaceAll('•', '\\225')
    .replaceAll('’', '\\222')
}

function assemble(objects: ReadonlyMap<number, Buffer>, about: number): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n%âãÏÓ\n', 'latin1')]
  const offsets: string[] = []
  let at = parts[0]?.length ?? 0
  const push = (part: Buffer): void => {
    parts.push(part)
    at += part.length
  }
  for (const [id, content] of [...objects].sort(([a], [b]) => a - b)) {
    offsets.push(`${String(at).padStart(10, '0')} 00000 n \n`)
    push(Buffer.from(`${String(id)} 0 obj\n`, 'latin1'))
    push(content)
    push(Buffer.from('\nendobj\n', 'latin1'))
  }
  const size = String(objects.size + 1)
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}`
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info ${String(about)} 0 R >>\nstartxref\n${String(at)}\n%%EOF\n`
  parts.push(Buffer.from(table + trailer, 'latin1'))
  return Buffer.concat(parts)
}
