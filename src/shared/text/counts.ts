const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six'] as const

/** A small number as a word, for the middle of a sentence. */
export const countText = (count: number): string => words[count] ?? String(count)
