import type { IconName } from './icon'

/** How far a value has come on its way out; without one it is where it belongs. */
export type EditState = 'draft' | 'here' | 'sending' | 'needs' | 'refused'

/** What a mark can show: a way out, or a closed door. */
export type MarkKind = EditState | 'locked'

export const editStateFaces: Readonly<
  Record<EditState, { readonly word: string; readonly icon: IconName }>
> = {
  draft: { word: 'Draft', icon: 'pencil' },
  here: { word: 'On this computer', icon: 'hard-drive' },
  sending: { word: 'Sending', icon: 'arrow-up' },
  needs: { word: 'Needs you', icon: 'triangle-alert' },
  refused: { word: 'Refused', icon: 'octagon-alert' },
}
