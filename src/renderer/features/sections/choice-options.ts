import { countryCodes } from '../../../shared/domain/countries'
import { languageCodes, languageName, nameOf } from '../../../shared/domain/languages'
import type { Choice, ChoiceList, FieldDescriptor } from '../../../shared/domain/sections/section'

const locale = 'en'

/** The choices of a list, by name; long lists are named in the descriptor and built here. */
export function choicesOf(list: ChoiceList): readonly Choice[] {
  if (typeof list !== 'string') return list
  const codes = list === 'languages' ? languageCodes : countryCodes
  return codes
    .map((value) => ({ value, label: choiceLabel(list, value) }))
    .sort((a, b) => a.label.localeCompare(b.label, locale))
}

/** Of a long list only what is chosen. */
export function choicesAtRest(list: ChoiceList, value: string): readonly Choice[] {
  if (typeof list !== 'string') return list
  return value === '' ? [] : [{ value, label: choiceLabel(list, value) }]
}

/** The name of one stored value; what is not in the list is its own name. */
export function choiceLabel(list: ChoiceList, value: string): string {
  if (typeof list !== 'string') {
    return list.find((choice) => choice.value === value)?.label ?? value
  }
  return list === 'languages'
    ? languageName(namesOf('language'), value)
    : nameOf(namesOf('region'), value, value)
}

const known = new Map<Intl.DisplayNamesType, Intl.DisplayNames>()

/** Made once: each reads the names of all. */
function namesOf(type: Intl.DisplayNamesType): Intl.DisplayNames {
  const names = known.get(type) ?? new Intl.DisplayNames([locale], { type })
  known.set(type, names)
  return names
}

export function labelOfChoice(field: FieldDescriptor, value: string): string {
  return field.kind === 'choice' || field.kind === 'choices'
    ? choiceLabel(field.options, value)
    : value
}
