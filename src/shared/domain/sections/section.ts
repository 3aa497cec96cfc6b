import type * as v from 'valibot'
import type { Service } from '../../errors'
import type { SectionId } from '../ids'

/** How a field is shown and edited. Everything a form needs to know besides its schema. */
export type FieldKind =
  | { readonly kind: 'text'; readonly limit: number; readonly autocomplete?: string }
  | { readonly kind: 'long-text'; readonly limit?: number }
  | { readonly kind: 'email' }
  | { readonly kind: 'year' }
  | { readonly kind: 'decimal' }
  /** Free text with suggestions. */
  | { readonly kind: 'suggest'; readonly limit: number; readonly suggestions: readonly string[] }
  /** One of a closed list; a stored value outside it is kept and shown. */
  | { readonly kind: 'choice'; readonly options: ChoiceList }
  /** Several of a closed list; unknown stored values are kept and shown as they are. */
  | { readonly kind: 'choices'; readonly options: ChoiceList }
  /** A date shown as a month. A month typed anew becomes its first or last day. */
  | { readonly kind: 'month'; readonly day: 'first' | 'last' }
  | { readonly kind: 'flag' }
  /** The id of an item in another collection, picked or created in place. */
  | { readonly kind: 'reference'; readonly to: SectionId }
  /** A link to the person's page on a social platform. */
  | { readonly kind: 'social-link'; readonly platform: SocialPlatform }
  | { readonly kind: 'file'; readonly accept: 'pdf' | 'image' }
  /** Received from the server, never edited. */
  | { readonly kind: 'shown' }

export type SocialPlatform = 'linkedin' | 'facebook' | 'x'

/** Lists too long for a descriptor are named here and looked up where they are shown. */
export type ChoiceList = 'languages' | 'countries' | readonly Choice[]

export interface Choice {
  readonly value: string
  readonly label: string
}

/** Who wins when both sides changed the field: the person is asked unless stated otherwise. */
export type MergePolicy = 'ask' | 'local' | 'server' | 'union' | 'off-wins'

export type FieldDescriptor = FieldKind & {
  readonly label: string
  readonly help?: string
  readonly placeholder?: string
  readonly merge?: MergePolicy
  readonly required?: boolean
  /** Width in the form's grid; default `half`. */
  readonly width?: 'half' | 'full'
  /** Shown only when this flag field is off; switching the flag on empties it. */
  readonly unless?: string
}

export interface FieldGroup {
  readonly heading: string
  readonly note?: string
  readonly fields: readonly string[]
}

/** A rule over two fields, checked after each field is valid by itself. */
export interface FieldRule {
  readonly kind: 'not-before'
  readonly field: string
  readonly than: string
  readonly message: string
}

/** Which fields describe a list row, in this order. */
export interface RowDescriptor {
  readonly title: readonly string[]
  readonly subtitle: readonly string[]
  readonly from?: string
  readonly until?: string
  readonly current?: string
}

/** Where the section's records live on the platform. The adapters are chosen by `kind`. */
export type Resource =
  /** A collection under the career service; wire keys are the field keys in snake case. */
  | { readonly kind: 'career'; readonly name: string }
  | { readonly kind: 'account' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'memories' }
  | { readonly kind: 'memory-settings' }

/** Whether an update of one field sends the whole record, as it was just read. */
export const replacesWhole = ({ resource }: Pick<AnySection, 'resource'>): boolean =>
  resource.kind === 'career'

/** Whether the platform refuses a new record that is equal to one that is there. */
export const refusesDoubles = ({ resource }: Pick<AnySection, 'resource'>): boolean =>
  resource.kind === 'memories'

type FieldsOf<Entries> = { readonly [K in keyof Entries]: FieldDescriptor }

export interface SectionDescriptor<Entries extends v.ObjectEntries = v.ObjectEntries> {
  readonly id: SectionId
  readonly title: string
  readonly icon: string
  readonly cardinality: 'one' | 'many'
  /** `section` has its place in the navigation; `reference` is picked from; `toggles` are switches. */
  readonly placement: 'section' | 'reference' | 'toggles'
  readonly service: Service
  readonly resource: Resource
  readonly schema: v.ObjectSchema<Entries, undefined>
  readonly fields: FieldsOf<Entries>
  readonly groups: readonly FieldGroup[]
  readonly rules?: readonly FieldRule[]
  readonly row?: RowDescriptor
  /** Newest first by these date fields; without it the server's order stays. */
  readonly sortBy?: readonly string[]
  /** Fields by which a create whose answer was lost finds its record again. */
  readonly identity?: readonly string[]
  /** Sections shown on the same screen, read together with it. */
  readonly alongside?: readonly SectionId[]
  readonly allows: {
    readonly create: boolean
    readonly update: boolean
    readonly delete: boolean
  }
  readonly words: {
    /** One record, in lower case: "education". */
    readonly one: string
    readonly add?: string
    readonly empty?: string
    readonly emptyHint?: string
    /** Shown above the form where editing concerns other people. */
    readonly warning?: string
  }
}

/** Declares a section. `fields` must name every key of `schema`: the compiler checks it. */
export function defineSection<const Entries extends v.ObjectEntries>(
  descriptor: SectionDescriptor<Entries>,
): SectionDescriptor<Entries> {
  return descriptor
}

export type AnySection = SectionDescriptor

export const fieldOf = (section: AnySection, key: string): FieldDescriptor | undefined =>
  Object.hasOwn(section.fields, key) ? section.fields[key] : undefined

/** The sections without which this one cannot be shown whole: those it refers to, and those beside it. */
export const companionsOf = (section: AnySection): readonly SectionId[] => [
  ...Object.values(section.fields).flatMap((field) =>
    field.kind === 'reference' ? [field.to] : [],
  ),
  ...(section.alongside ?? []),
]

export const mergePolicyOf = (section: AnySection, key: string): MergePolicy =>
  fieldOf(section, key)?.merge ?? 'ask'
