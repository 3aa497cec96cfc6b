/** What a Field hands to the control inside it, so that the two belong together for every reader. */
export interface FieldControl {
  readonly id: string
  readonly labelId: string
  readonly describedBy: string | undefined
  readonly invalid: boolean
}
