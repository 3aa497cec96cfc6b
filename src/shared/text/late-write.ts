import type { Sentence } from './sentence'

/** What is asked when a write given up long ago was carried out over a newer value. */
export const lateWriteSentence = (org: string | undefined): Sentence => ({
  title: `An earlier edit reached ${org ?? 'the platform'} late`,
  text: 'Its answer was lost, and it has replaced a newer value. Nothing is lost: choose which of the two stays.',
})
