import { iconPaths, type IconName } from '../ui/icon'

/** A descriptor names its icon as text; one the kit does not have becomes a page. */
export const iconOf = (name: string): IconName => (isIcon(name) ? name : 'file-text')

const isIcon = (name: string): name is IconName => Object.hasOwn(iconPaths, name)
