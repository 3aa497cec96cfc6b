import * as v from 'valibot'

export const sectionId = v.pipe(v.string(), v.regex(/^[a-z][a-z-]{0,39}$/), v.brand('SectionId'))
export type SectionId = v.InferOutput<typeof sectionId>

/** A record's id: the server's (as text), or `local:…` until the server has given one. */
export const itemId = v.pipe(v.string(), v.minLength(1), v.maxLength(300), v.brand('ItemId'))
export type ItemId = v.InferOutput<typeof itemId>

export const mutationId = v.pipe(v.string(), v.minLength(1), v.maxLength(60), v.brand('MutationId'))
export type MutationId = v.InferOutput<typeof mutationId>

export const workspaceId = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,60}$/), v.brand('WorkspaceId'))
export type WorkspaceId = v.InferOutput<typeof workspaceId>

export const asSectionId = (text: string): SectionId => v.parse(sectionId, text)
export const asItemId = (text: string): ItemId => v.parse(itemId, text)
export const asMutationId = (text: string): MutationId => v.parse(mutationId, text)
export const asWorkspaceId = (text: string): WorkspaceId => v.parse(workspaceId, text)

const localPrefix = 'local:'

/** The id of a record that the server does not know yet. `unique` comes from the port `Ids`. */
export const localItemId = (unique: string): ItemId => asItemId(localPrefix + unique)

export const isLocalId = (id: string): boolean => id.startsWith(localPrefix)

/** The only item of a section with cardinality `one`. */
export const selfItemId: ItemId = asItemId('self')
