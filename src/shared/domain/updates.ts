/** Why this copy of the app does not look for updates. */
export type UpdateOff =
  /** Run from a checkout. */
  | 'development'
  /** A deb or an rpm: the system's package manager brings new versions. */
  | 'package-manager'
  /** The portable program of Windows, which is one file that runs wherever it lies. */
  | 'portable'
  /** The build names no place to look at. */
  | 'not-configured'
  /** What names the place cannot be used: an address without TLS, no key, a key that is none. */
  | 'bad-configuration'

/** Why looking, fetching or putting in place failed. */
export type UpdateTrouble =
  | 'offline'
  | 'timeout'
  | 'proxy'
  | 'certificate'
  /** The answer is an error of the server, or there is no release for this system. */
  | 'not-found'
  | 'server'
  /** A web page instead of a release: a sign-in page, as a rule. */
  | 'web-page'
  /** Led to an address without TLS. */
  | 'insecure'
  /** The description is not signed, or not with the key this app knows. */
  | 'signature'
  /** Signed, and not understood or too large. */
  | 'description'
  /** The file is not the one the description names, or not from the publisher. */
  | 'file'
  | 'disk-full'
  | 'not-writable'
  | 'failed'

export type UpdateState =
  | { readonly kind: 'off'; readonly reason: UpdateOff }
  /** `checkedAt`: when it was last found that there is nothing newer, milliseconds since 1970. */
  | { readonly kind: 'idle'; readonly checkedAt?: number }
  | { readonly kind: 'checking' }
  | { readonly kind: 'downloading'; readonly version: string; readonly percent: number }
  | { readonly kind: 'ready'; readonly version: string }
  /** With a `version`: it is fetched and could not be put in place. */
  | { readonly kind: 'failed'; readonly trouble: UpdateTrouble; readonly version?: string }

/** What a restart would have to wait for. */
export interface UnsentWork {
  readonly edits: number
  readonly drafts: number
  readonly isUploading: boolean
}

/** What became of the wish to restart. */
export type RestartAnswer =
  | { readonly kind: 'restarting' }
  | { readonly kind: 'nothing-ready' }
  | { readonly kind: 'refused'; readonly unsent: UnsentWork }
  | { readonly kind: 'failed'; readonly trouble: UpdateTrouble }

export const isAllSent = ({ edits, drafts, isUploading }: UnsentWork): boolean =>
  edits === 0 && drafts === 0 && !isUploading
