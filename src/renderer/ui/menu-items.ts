import type { IconName } from './icon'

export type MenuItem =
  | {
      readonly kind: 'item'
      readonly id: string
      readonly label: string
      readonly icon?: IconName | undefined
      /** Second line, or what comes of it. */
      readonly detail?: string | undefined
      readonly keys?: string | undefined
      readonly isDanger?: boolean | undefined
      readonly disabled?: boolean | undefined
      readonly onSelect: () => void
    }
  | {
      readonly kind: 'check'
      readonly id: string
      readonly label: string
      readonly detail?: string | undefined
      readonly checked: boolean
      readonly disabled?: boolean | undefined
      readonly onSelect: (isChecked: boolean) => void
    }
  | { readonly kind: 'heading'; readonly id: string; readonly label: string }
  | { readonly kind: 'separator'; readonly id: string }
