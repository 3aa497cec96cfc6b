import { describe, expect, it } from 'vitest'
import { plainText, serverMessages } from './server-text'

const all = (wireKey: string) => [wireKey]
const none = () => []

describe('the message of an answer', () => {
  it.each([
    [{ user_message: 'u', developer_message: 'd', detail: 'x' }, 'u'],
    [{ user_message: null, developer_message: 'Email changes are off.' }, 'Email changes are off.'],
    [{ detail: 'Not found.', message: 'm' }, 'Not found.'],
    [{ message: 'm', error: 'e' }, 'm'],
    [{ error_description: 'ed', error: 'e' }, 'ed'],
    [{ error: 'Too many requests' }, 'Too many requests'],
    [{ non_field_errors: ['must make a unique set'] }, 'must make a unique set'],
    ['just text', 'just text'],
    [['first', 'second'], 'first'],
  ])('of %j is %s', (body, detail) => {
    expect(serverMessages(body, none, []).detail).toBe(detail)
  })

  it.each([undefined, null, 7, {}, []])('of %j is none', (body) => {
    expect(serverMessages(body, none, [])).toEqual({ fields: {} })
  })

  it('E18: is kept for each field', () => {
    const body = {
      field_errors: {
        bio: { developer_message: 'd', user_message: 'Too long.' },
        name: { developer_message: 'Error thrown', user_message: '' },
      },
    }
    expect(serverMessages(body, all, []).fields).toEqual({ bio: 'Too long.', name: 'Error thrown' })
  })

  it('E18: of a field no form shows goes to the whole', () => {
    const body = { field_errors: { goals: { user_message: 'This value is invalid.' } } }
    expect(serverMessages(body, none, [])).toEqual({
      detail: 'goals: This value is invalid.',
      fields: {},
    })
  })

  it('is found inside lists of records', () => {
    const body = { entries: [{}, { value: ['This field is required.'] }] }
    expect(serverMessages(body, all, []).fields).toEqual({ entries: 'This field is required.' })
  })
})

describe('text of a server', () => {
  it.each([
    ['<b>Bad</b> <script>alert(1)</script>gateway', 'Bad gateway'],
    ['a&lt;script&gt; &amp; b', 'a‹script› & b'],
    ['line\nbreak\u0000\u202eevil', 'line break evil'],
    ['<img src=x onerror=alert(1)', ''],
  ])('%j is shown as %j', (text, shown) => {
    expect(plainText(text, [])).toBe(shown)
  })

  it('is cut to 300 characters', () => {
    expect(plainText('x'.repeat(1_000), [])).toHaveLength(300)
  })

  it('never holds a secret, not even one that markup splits', () => {
    expect(plainText('a s3cr3t b s3<i></i>cr3t', ['s3cr3t'])).toBe('a [redacted] b s3 cr3t')
    expect(plainText('s3\u0000cr3t', ['s3cr3t'])).not.toContain('s3cr3t')
  })

  it('is cleaned in bounded time, however hostile', () => {
    const start = performance.now()
    plainText('<style'.repeat(500_000), [])
    plainText('<'.repeat(4_000_000), [])
    expect(performance.now() - start).toBeLessThan(1_000)
  })
})
