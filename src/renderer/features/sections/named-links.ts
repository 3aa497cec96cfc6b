import { listOf, type FieldValue } from '../../../shared/domain/values'

export interface NamedLink {
  readonly name: string
  readonly address: string
  /** Main opens https addresses only; anything else is text. */
  readonly isOpenable: boolean
}

/** Links as the platform has them: an address, or a name before it. */
export const namedLinks = (value: FieldValue | undefined): readonly NamedLink[] =>
  listOf(value).map((entry) => {
    const [, name = '', address = entry] = /^(\S+?):?\s+(\S.*)$/.exec(entry.trim()) ?? []
    const url = URL.canParse(address) ? new URL(address) : undefined
    const host = url?.host.replace(/^www\./, '') ?? ''
    return {
      name: name !== '' ? name : host !== '' ? host : address,
      address,
      isOpenable: url?.protocol === 'https:',
    }
  })
