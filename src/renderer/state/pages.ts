import type { SectionRegistry } from '../../shared/domain/sections/registry'

/** Pages that show no section. */
const otherTitles = new Map([
  ['settings', 'Settings'],
  ['history', 'History'],
])

export const isPage = (registry: SectionRegistry, page: string): boolean =>
  otherTitles.has(page) || registry.shown.some(({ id }) => id === page)

/** What a page is called in its heading and in the window's title. */
export const titleOfPage = (registry: SectionRegistry, page: string): string =>
  registry.shown.find(({ id }) => id === page)?.title ?? otherTitles.get(page) ?? ''
