import { mkdir, open, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { smallPdf } from '../../../scripts/lib/small-pdf.mjs'

const MIB = 1024 * 1024

export async function writePdf(folder: string, name: string, line = 'Curriculum vitae') {
  const path = join(folder, name)
  await writeFile(path, smallPdf([line]))
  return path
}

export interface BadFile {
  readonly what: string
  readonly paths: readonly string[]
  readonly sentence: RegExp
}

/** Everything that is no résumé, with the sentence that has to say so. */
export async function badFiles(folder: string): Promise<readonly BadFile[]> {
  const good = await writePdf(folder, 'good.pdf')
  const other = await writePdf(folder, 'other.pdf')
  const at = (name: string) => join(folder, name)
  await mkdir(at('folder.pdf'))
  await symlink(good, at('link.pdf'))
  await writeFile(at('empty.pdf'), '')
  await writeFile(at('picture.pdf'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
  await writeSized(at('large.pdf'), 26 * MIB)
  return [
    { what: 'a folder', paths: [at('folder.pdf')], sentence: /This is a folder or a link/ },
    { what: 'a link', paths: [at('link.pdf')], sentence: /This is a folder or a link/ },
    { what: 'an empty file', paths: [at('empty.pdf')], sentence: /The file is empty/ },
    {
      what: 'a picture',
      paths: [at('picture.pdf')],
      sentence: /This is not a PDF; it starts like/,
    },
    { what: 'a file of 26 MiB', paths: [at('large.pdf')], sentence: /The file is too large/ },
    { what: 'two files', paths: [good, other], sentence: /Several files at once/ },
  ]
}

async function writeSized(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w')
  await file.write(smallPdf(['large']))
  await file.truncate(bytes)
  await file.close()
}
