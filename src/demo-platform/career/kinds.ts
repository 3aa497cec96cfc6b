import type { CareerKind } from '../store/state'
import {
  booleanField,
  choiceField,
  dateField,
  type Field,
  gradeField,
  integerField,
  opaqueField,
  required,
  textField,
  urlField,
} from './fields'

export interface Kind {
  readonly fields: Readonly<Record<string, Field>>
  /** The record this one points at: embedded when read, named by id when written. */
  readonly parent?: { readonly kind: CareerKind; readonly name: string; readonly idKey: string }
  /** Whether all of the organisation see the same list. */
  readonly shared: boolean
  /** Whether the record says whose it is. */
  readonly owned: boolean
}

const opaque = { data: opaqueField, metadata: opaqueField }

export const KINDS: Readonly<Record<CareerKind, Kind>> = {
  education: {
    parent: { kind: 'institutions', name: 'institution', idKey: 'institution_id' },
    fields: {
      institution_id: required(integerField),
      degree: textField(100),
      field_of_study: textField(100),
      start_date: required(dateField),
      end_date: dateField,
      grade: gradeField,
      activities: textField(255),
      description: textField(),
      is_current: booleanField(true, null),
      ...opaque,
    },
    shared: false,
    owned: true,
  },
  experience: {
    parent: { kind: 'companies', name: 'company', idKey: 'company_id' },
    fields: {
      company_id: required(integerField),
      title: required(textField(100)),
      employment_type: textField(50),
      location: textField(100),
      start_date: required(dateField),
      end_date: dateField,
      is_current: booleanField(false, false),
      description: textField(),
      ...opaque,
    },
    shared: false,
    owned: true,
  },
  institutions: {
    fields: {
      name: required(textField(100)),
      institution_type: choiceField(
        ['university', 'college', 'institute', 'academy', 'other'],
        'other',
      ),
      location: textField(100),
      website: urlField(255),
      accreditation: textField(100),
      established_year: integerField,
      ...opaque,
    },
    shared: true,
    owned: false,
  },
  companies: {
    fields: {
      name: required(textField(100)),
      industry: textField(100),
      website: urlField(255),
      logo_url: urlField(255),
      ...opaque,
    },
    shared: false,
    owned: true,
  },
}
