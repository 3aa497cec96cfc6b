/** The scripts are plain JavaScript; this is what the tests use of them. */
declare module '*/lib/file-drop.mjs' {
  import type { Page } from 'playwright'
  export function dropFiles(page: Page, paths: readonly string[]): Promise<void>
}

declare module '*/lib/launch-app.mjs' {
  import type { ElectronApplication } from 'playwright'
  export const launchApp: (how: {
    readonly executable: string
    readonly args: readonly string[]
    readonly env: Readonly<Record<string, string>>
  }) => Promise<ElectronApplication>
}

declare module '*/lib/x-client.mjs' {
  export interface Display {
    /** To a place on the screen, in pixels. */
    readonly move: (x: number, y: number) => Promise<void>
    readonly press: () => Promise<void>
    readonly release: () => Promise<void>
    readonly windowNamed: (name: string) => Promise<number | undefined>
    readonly closeWindow: (window: number) => Promise<void>
    readonly close: () => void
  }
  export function connectToDisplay(
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<Display>
}

declare module '*/lib/small-pdf.mjs' {
  export function smallPdf(lines: readonly string[]): Buffer
}

declare module '*/lib/headless-session.mjs' {
  export function withHeadlessSession<T>(
    options: {
      readonly keyring: 'unlocked' | 'locked' | 'empty' | 'none'
      readonly display?: 'own' | 'inherit'
      readonly env?: Readonly<Record<string, string | undefined>>
    },
    work: (env: Record<string, string>) => Promise<T>,
  ): Promise<T>
}

declare module '*/lib/tray-host.mjs' {
  export interface TrayEntry {
    readonly id: number
    readonly label: string
    readonly type: string
    readonly isEnabled: boolean
    readonly toggle: string
    readonly isChecked: boolean
  }
  export interface TrayHost {
    readonly waitForItem: () => Promise<string>
    readonly describe: () => Promise<{
      readonly title: string
      readonly toolTip: string
      readonly picture: string
    }>
    readonly menu: () => Promise<readonly TrayEntry[]>
    readonly waitForEntry: (wanted: (entry: TrayEntry) => boolean) => Promise<TrayEntry>
    readonly click: (id: number) => Promise<void>
    readonly clickLabel: (label: string) => Promise<TrayEntry>
    readonly close: () => void
  }
  export function startTrayHost(busAddress: string | undefined): Promise<TrayHost>
}

declare module '*/lib/notification-host.mjs' {
  export interface ShownNotification {
    readonly id: number
    readonly title: string
    readonly text: string
  }
  export function startNotificationHost(busAddress: string | undefined): Promise<{
    readonly shown: () => readonly ShownNotification[]
    readonly click: (id: number) => void
    readonly close: () => void
  }>
}

declare module '*/lib/release-signature.mjs' {
  export function makeKeys(): { readonly publicKey: string; readonly privateKey: string }
  export function publicKeyOf(privateKey: string): string
  export function signRelease(privateKey: string, name: string, description: Uint8Array): string
}
