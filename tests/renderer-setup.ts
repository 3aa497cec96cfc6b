import { cleanup } from '@testing-library/svelte'
import { afterEach } from 'vitest'

afterEach(cleanup)

// jsdom has no layout, so there is nothing to scroll.
Element.prototype.scrollIntoView = () => undefined
