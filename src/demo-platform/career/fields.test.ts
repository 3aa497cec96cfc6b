import { describe, expect, it } from 'vitest'
import {
  booleanField,
  choiceField,
  dateField,
  type Field,
  gradeField,
  integerField,
  judge,
  required,
  textField,
  urlField,
} from './fields'

const verdict = (field: Field, value: unknown): unknown => {
  const judged = judge({ it: field }, value === undefined ? {} : { it: value })
  return judged.ok ? { value: judged.values['it'] } : judged.errors['it']?.[0]
}

const DATE = 'Date has wrong format. Use one of these formats instead: YYYY-MM-DD.'
const TYPE = choiceField(['university', 'college'], 'college')

describe('a field of a career record', () => {
  it.each<[string, Field, unknown, unknown]>([
    ['text', textField(5), ' abc ', { value: 'abc' }],
    ['text', textField(5), 12, { value: '12' }],
    ['text', textField(5), '', 'This field may not be blank.'],
    ['text', textField(5), '   ', 'This field may not be blank.'],
    ['text', textField(5), null, { value: null }],
    ['text', textField(5), undefined, { value: null }],
    ['text', textField(5), 'abcdef', 'Ensure this field has no more than 5 characters.'],
    ['text', textField(5), true, 'Not a valid string.'],
    ['text', textField(5), ['a'], 'Not a valid string.'],
    ['required text', required(textField(5)), undefined, 'This field is required.'],
    ['required text', required(textField(5)), null, 'This field may not be null.'],
    ['required text', required(textField(5)), '', 'This field may not be blank.'],
    ['a date', dateField, '2020-02-29', { value: '2020-02-29' }],
    ['a date', dateField, '2021-02-29', DATE],
    ['a date', dateField, '2020-2-3', DATE],
    ['a date', dateField, '2020-02-03T00:00:00Z', DATE],
    ['a date', dateField, '', DATE],
    ['a date', dateField, 2020, DATE],
    ['a date', dateField, null, { value: null }],
    ['an address', urlField(40), 'https://a.example/x?y', { value: 'https://a.example/x?y' }],
    ['an address', urlField(40), 'a.example', 'Enter a valid URL.'],
    ['an address', urlField(40), 'javascript:alert(1)', 'Enter a valid URL.'],
    ['an address', urlField(40), '', 'This field may not be blank.'],
    [
      'an address',
      urlField(20),
      'https://a-long.example/x',
      'Ensure this field has no more than 20 characters.',
    ],
    ['a grade', gradeField, '3.8', { value: '3.80' }],
    ['a grade', gradeField, 3.85, { value: '3.85' }],
    ['a grade', gradeField, '4', { value: '4.00' }],
    ['a grade', gradeField, '.5', { value: '0.50' }],
    ['a grade', gradeField, '-1.5', { value: '-1.50' }],
    ['a grade', gradeField, '', { value: null }],
    ['a grade', gradeField, null, { value: null }],
    [
      'a grade',
      gradeField,
      '10',
      'Ensure that there are no more than 1 digits before the decimal point.',
    ],
    ['a grade', gradeField, '3.855', 'Ensure that there are no more than 3 digits in total.'],
    ['a grade', gradeField, '.855', 'Ensure that there are no more than 2 decimal places.'],
    ['a grade', gradeField, 'A-', 'A valid number is required.'],
    ['a grade', gradeField, '3.8 GPA', 'A valid number is required.'],
    ['a grade', gradeField, 'NaN', 'A valid number is required.'],
    ['a grade', gradeField, true, 'A valid number is required.'],
    ['a whole number', integerField, 1962, { value: 1962 }],
    ['a whole number', integerField, '1962', { value: 1962 }],
    ['a whole number', integerField, 19.5, 'A valid integer is required.'],
    ['a whole number', integerField, '', 'A valid integer is required.'],
    ['a choice', TYPE, 'university', { value: 'university' }],
    ['a choice', TYPE, undefined, { value: 'college' }],
    ['a choice', TYPE, 'school', '"school" is not a valid choice.'],
    ['a choice', TYPE, '', '"" is not a valid choice.'],
    ['a choice', TYPE, null, 'This field may not be null.'],
    ['a switch', booleanField(true, null), null, { value: null }],
    ['a switch', booleanField(true, null), 'true', { value: true }],
    ['a switch', booleanField(true, null), 'maybe', 'Must be a valid boolean.'],
    [
      'a switch that is not nullable',
      booleanField(false, false),
      null,
      'This field may not be null.',
    ],
    ['a switch that is not nullable', booleanField(false, false), undefined, { value: false }],
  ])('judges %s', (_what, field, value, expected) => {
    expect(verdict(field, value)).toEqual(expected)
  })
})
