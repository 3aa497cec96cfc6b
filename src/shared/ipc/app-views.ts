/** What runs the app: versions, and a name of the system's kind. */
export interface AboutView {
  readonly electron: string
  readonly chromium: string
  readonly node: string
  readonly system: string
}

export type ShowAct =
  | 'choose-file'
  | 'take-handed'
  | 'pending'
  | 'connect'
  | 'diagnostics-copied'
  | 'shortcuts'
  | 'about'
  | 'updates'

/** What main asks the page to show. */
export interface ShowRequest {
  readonly section?: string
  readonly act?: ShowAct
}
