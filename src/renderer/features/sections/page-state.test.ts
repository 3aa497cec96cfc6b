import { describe, expect, it } from 'vitest'
import { aSectionView, anItem } from '../../../../tests/fakes/fake-main'
import { education } from '../../../shared/domain/sections/education'
import type { AppError } from '../../../shared/errors'
import type { SectionView } from '../../../shared/sync/view'
import { pageState } from './page-state'

const failed = (error: AppError) => ({ kind: 'failed', error, at: 7 }) as const
const unread = (read: SectionView['read']): SectionView =>
  aSectionView({ section: 'education', readAt: undefined, read })

describe('pageState', () => {
  it('is empty only after the platform said so', () => {
    expect(pageState(education, aSectionView({ section: 'education' })).kind).toBe('empty')
    expect(pageState(education, unread({ kind: 'idle' })).kind).toBe('loading')
  })

  it('never shows a failed read as an empty list', () => {
    const error: AppError = { kind: 'server', status: 502 }
    expect(pageState(education, unread(failed(error))).kind).toBe('unread')
    const copy = aSectionView({ section: 'education', read: failed(error) })
    expect(pageState(education, copy)).toEqual({ kind: 'shown', failed: { error, at: 7 } })
  })

  it('locks what the token may not open, unless there is a copy', () => {
    const error: AppError = { kind: 'forbidden' }
    expect(pageState(education, unread(failed(error))).kind).toBe('locked')
    const items = [anItem()]
    const copy = aSectionView({ section: 'education', items, read: failed(error) })
    expect(pageState(education, copy).kind).toBe('shown')
  })
})
