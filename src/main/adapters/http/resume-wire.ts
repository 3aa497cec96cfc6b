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
  const files = arrayIn(wire, 'files').filter(isObject).map(storedFile)
  const cv =
    files.find((file) => file.type?.toLowerCase() === 'resume') ??
    files.find((file) => /r[eé]sum[eé]/i.test(file.path))
  return {
    ...(cv && { cv: bare(cv) }),
    others: files.filter((file) => file !== cv).map(bare),
    links: arrayIn(wire, 'links')
      .map((link) => (isObject(link) ? textIn(link, 'url') : link))
      .filter((link) => typeof link === 'string'),
  }
}

interface FileWithPath extends StoredFile {
  readonly path: string
}

function storedFile(entry: JsonObject): FileWithPath {
  const path = textIn(entry, 'name') ?? textIn(entry, 'url')?.replace(/[?#].*$/s, '') ?? ''
  const url = textIn(entry, 'url')
  const type = textIn(entry, 'type')
  const size = own(entry, 'size')
  return {
    path,
    name: path.split(/[/\\]/).findLast((part) => part !== '') ?? path,
    ...(url !== undefined && { url }),
    ...(type !== undefined && { type }),
    ...(typeof size === 'number' && { size }),
  }
}

function bare({ path: _path, ...file }: FileWithPath): StoredFile {
  return file
}

export function itemFromResume(wire: JsonObject): ServerItem {
  const { cv, others, links } = resumeRecord(wire)
  const file: FileValue | null = cv
    ? {
        name: cv.name.slice(0, 255),
        ...(cv.type !== undefined && { type: cv.type }),
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
