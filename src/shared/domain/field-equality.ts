import { fieldOf, type AnySection } from './sections/section'
import { socialName } from './social-link'
import { equalValue, type FieldValue } from './values'

/**
 * Whether two values of a field mean the same, whichever of its forms the platform keeps: `3.8` and
 * `3.80` are one grade, a link is told by the name in it, line ends are line ends.
 */
export function equalField(
  section: AnySection,
  key: string,
  [a, b]: readonly [FieldValue | undefined, FieldValue | undefined],
): boolean {
  if (equalValue(a, b)) return true
  if (typeof a !== 'string' || typeof b !== 'string') return false
  const field = fieldOf(section, key)
  switch (field?.kind) {
    case 'social-link': {
      const name = socialName(field.platform, a)
      return name !== undefined && name === socialName(field.platform, b)
    }
    case 'decimal':
      return a.trim() !== '' && b.trim() !== '' && Number(a) === Number(b)
    case 'long-text':
      return withPlainLineEnds(a) === withPlainLineEnds(b)
    default:
      return false
  }
}

const withPlainLineEnds = (text: string): string => text.replace(/\r\n?/g, '\n').trim()
