import { createRawSnippet, type Snippet } from 'svelte'

/** Plain words as a component's content, for tests. */
export function words(text: string): Snippet {
  return createRawSnippet(() => ({ render: () => `<span>${text}</span>` }))
}
