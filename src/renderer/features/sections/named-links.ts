import { listOf, type FieldValue } from '../../../shared/domain/values'

export interface NamedLink {
  readonly name: string
  readonly address: string
  /** Only such an address may be opened; anything else is text. */
  readonly isWeb: boolean
}

/** Links as the platform has them: an address, or a name before it. */
export const namedLinks = (value: FieldValue | undefined): readonly NamedLink[] =>
  listOf(value).map((entry) => {
    const [, name = '', address = entry] = /^(\S+?):?\s+(\S.*)$/.exec(entry.trim()) ?? []
    return { name: name === '' ? hostOf(address) : name, address, isWeb: isWeb(address) }
  })

const isWeb = (address: string): boolean =>
  URL.canParse(address) && /^https?:$/.test(new URL(address).protocol)

const hostOf = (address: string): string =>
  isWeb(address) ? new URL(address).host.replace(/^www\./, '') : address
