/** What the tests use of the torture, which is plain JavaScript. */
declare module '*/lib/app-command.mjs' {
  export interface AppCommand {
    readonly executable: string
    readonly args: readonly string[]
    readonly version: string
  }
  export function appCommand(): AppCommand
}

declare module '*/torture/run.mjs' {
  export interface TortureReport {
    readonly kills: number
    readonly edits: { readonly attempted: number; readonly claimed: number }
    /** Sentences about what was lost, doubled or left over. */
    readonly troubles: readonly string[]
  }
  export function runTorture(options: {
    readonly kills: number
    readonly seed: number
    readonly command: { readonly executable: string; readonly args: readonly string[] }
    readonly env: Readonly<Record<string, string | undefined>>
    readonly write?: (line: string) => void
  }): Promise<TortureReport>
}
