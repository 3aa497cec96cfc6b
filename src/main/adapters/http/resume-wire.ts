import { selfItemId } from '../../../shared/domain/ids'
import type { FileValue, Json, JsonObject } from '../../../shared/domain/values'
import type { ServerItem } from '../../../shared/sync/state'
import { arrayIn, isArray, isObject, own, textIn } from './json-read'

export interface StoredFile {
  /** The last part of what may be a storage path. */
  readonly name: string
  readonly url?: string
  readonly type?: string
  readonly size?: number
}

export interface ResumeRecord {
  /** The CV; absent when there is none. */
  readonly cv?: StoredFile
  readonly others: readonly StoredFile[]
  readonly links: readonly string[]
}

/** Every "none yet" form reads as an empty object; `undefined` for an answer that is no record. */
export function resumeObject(json: Json | undefined): JsonObject | undefined {
  if (json === undefined || json === null || json === '') return {}
  if (isArray(json)) return json.length === 0 ? {} : isObject(json[0]) ? json[0] : undefined
  return isObject(json) ? json : undefined
}

export function resumeRecord(wire: JsonObject): ResumeRecord {
  const entries = arrayIn(wire, 'files').filter(isObject).map(entryOf)
  const pdfs = entries.filter(({ file, path }) =>
    file.type === undefined ? /\.pdf$/i.test(path) : file.type.toLowerCase() === 'application/pdf',
  )
  const cv =
    entries.find(({ file }) => file.type?.toLowerCase() === 'resume') ??
    entries.find(({ path }) => /r[eé]sum[eé]/i.test(path)) ??
    // Where the type is that of the content, it tells no more than this.
    pdfs.find(({ path }) => /(?<![a-z])cv(?![a-z])|curriculum/i.test(path)) ??
    (pdfs.length === 1 ? pdfs[0] : undefined)
  return {
    ...(cv && { cv: cv.file }),
    others: entries.filter((entry) => entry !== cv).map(({ file }) => file),
    links: arrayIn(wire, 'links')
      .map((link) => (isObject(link) ? textIn(link, 'url') : link))
      .filter((link) => typeof link === 'string'),
  }
}

interface Entry {
  /** As the server names it, folders included. */
  readonly path: string
  readonly file: StoredFile
}

function entryOf(json: JsonObject): Entry {
  const url = textIn(json, 'url')
  const path = textIn(json, 'name') ?? url?.replace(/[?#].*$/s, '') ?? ''
  const type = textIn(json, 'type')
  const size = own(json, 'size')
  const file = {
    name: path.split(/[/\\]/).findLast((part) => part !== '') ?? path,
    ...(url !== undefined && { url }),
    ...(type !== undefined && { type }),
    ...(typeof size === 'number' && { size }),
  }
  return { path, file }
}

export function itemFromResume(wire: JsonObject): ServerItem {
  const { cv, others, links } = resumeRecord(wire)
  const file: FileValue | null = cv
    ? {
        name: cv.name.slice(0, 255),
        ...(cv.type?.includes('/') === true && { type: cv.type }),
        ...(cv.size !== undefined && { size: cv.size }),
      }
    : null
  return {
    id: selfItemId,
    values: { file, otherFiles: others.map((other) => other.name), links: [...links] },
    wire,
  }
}

/** Where a file of the record can be fetched: the CV, or one of those beside it by name. */
export function resumeFileUrl(item: ServerItem, name?: string): string | undefined {
  const { cv, others } = resumeRecord(item.wire)
  const all = cv ? [cv, ...others] : others
  return (name === undefined ? cv : all.find((file) => file.name === name))?.url
}
