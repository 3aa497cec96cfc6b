import type { PlatformState } from '../../src/demo-platform/store/state'
import { selfItemId } from '../../src/shared/domain/ids'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { Values } from '../../src/shared/domain/values'
import type { Service } from '../../src/shared/errors'

/** One thing the app does with the platform, and how to tell that it has been done. */
export interface Operation {
  readonly id: string
  readonly title: string
  readonly service: Service
  readonly section: AnySection
  /** Which requests are the operation's own. */
  readonly methods: readonly string[]
  readonly path: RegExp
  readonly act: Act
  /** What a 400 says about a field of it. */
  readonly refusal?: unknown
  readonly isDelete?: boolean
}

export type Act =
  | { readonly kind: 'read' | 'download' | 'connect' }
  | {
      readonly kind: 'write'
      readonly edit: Edit
      readonly isDone: (state: PlatformState) => boolean
      /** By how much the number of records changes. */
      readonly grows: number
    }

export type Edit =
  | { readonly op: 'create'; readonly values: Values }
  | { readonly op: 'update'; readonly item: string; readonly patch: Values }
  | {
      readonly op: 'file'
      readonly field: string
      readonly name: string
      readonly bytes: Uint8Array
      readonly type: string
    }
  | { readonly op: 'delete'; readonly item: string }

/** Reading a section. */
export const read = (id: string, title: string, section: AnySection, path: RegExp): Operation => ({
  id,
  title,
  service: section.service,
  section,
  methods: ['GET'],
  path,
  act: { kind: 'read' },
})

export interface Write extends Pick<
  Operation,
  'section' | 'methods' | 'path' | 'refusal' | 'isDelete'
> {
  readonly edit: Edit
  readonly isDone: (state: PlatformState) => boolean
  readonly grows?: number
}

/** An edit of a section. */
export const write = (id: string, title: string, given: Write): Operation => {
  const { edit, isDone, grows = 0, ...rest } = given
  return {
    id,
    title,
    service: rest.section.service,
    ...rest,
    act: { kind: 'write', edit, isDone, grows },
  }
}

export const update = (patch: Values, item: string = selfItemId): Edit => ({
  op: 'update',
  item,
  patch,
})
