import * as v from 'valibot'
import { itemId, mutationId, sectionId, workspaceId } from '../domain/ids'
import { pauseLengths } from '../domain/pause-length'
import type { RestartAnswer, UpdateState } from '../domain/updates'
import { values, type Values } from '../domain/values'
import {
  connectionInput,
  service,
  type CredentialState,
  type OwnTokens,
  type Prefill,
  type ProbeReport,
  type Workspace,
} from '../domain/workspace'
import type { AppError } from '../errors'
import type { HistoryPage } from '../sync/history-view'
import type { PendingChange, SyncStatus } from '../sync/status'
import type { ItemView, SectionView } from '../sync/view'
import type { AboutView, ShowRequest } from './app-views'
import { event, invoke, invokeWithFiles, type Contract } from './define'

/** Exactly `{}`. A list or a date has no keys either, and `constructor` is known to every object. */
const nothing = v.pipe(v.custom<Readonly<Record<string, never>>>(isEmptyRecord), v.strictObject({}))

function isEmptyRecord(value: unknown): boolean {
  const isRecord = Object.prototype.toString.call(value) === '[object Object]'
  return isRecord && Reflect.ownKeys(value as object).length === 0
}

export const themes = ['system', 'light', 'dark'] as const

/** What closing the window does, where there is a tray to go to. */
export const closings = ['tray', 'quit'] as const

const settings = v.object({
  theme: v.picklist(themes),
  onClose: v.picklist(closings),
  /** Percent. */
  textSize: v.pipe(v.number(), v.minValue(90), v.maxValue(150)),
  /** Whether the app looks for updates by itself. */
  looksForUpdates: v.boolean(),
})
export type Settings = v.InferOutput<typeof settings>

export interface Person {
  readonly name: string
  /** Address of the picture under the app's own scheme; absent when there is none. */
  readonly photo?: string
}

export interface WorkspacesView {
  readonly all: readonly Workspace[]
  readonly current?: Workspace
  readonly person?: Person
  readonly credential: CredentialState
  /** Absent while no host has a token of its own. */
  readonly ownTokens?: OwnTokens
  /** Told once: damage found and set aside while opening this workspace. */
  readonly notice?: AppError
}

/** The file of certificates the person added to those the app trusts. */
export interface CertificatesView {
  /** Its name; absent when there is none. */
  readonly file?: string
  /** Whom its certificates are issued to. */
  readonly names: readonly string[]
  /** Why nothing in it is trusted now. */
  readonly problem?: AppError
}

/** What this desktop offers an app that stays in the background. */
export interface DesktopFacts {
  readonly hasTray: boolean
  /** Absent where the system has no such thing. */
  readonly startsAtLogin?: boolean
}

/** Everything the first paint needs, in one message. */
export interface StartView {
  readonly workspaces: WorkspacesView
  readonly settings: Settings
  readonly status: SyncStatus
  /** Heads of all sections; `items` only for the one to open. */
  readonly sections: readonly SectionView[]
  readonly open: string
  readonly pendingCount: number
  readonly prefill: Prefill
  readonly version: string
  /** Absent while nothing has looked for updates yet. */
  readonly update?: UpdateState
}

/**
 * One edit of the form: the whole new value of each changed field. `base` is what the server had
 * when the person began to change them; without it, what the copy holds now.
 */
const editInput = v.object({
  section: sectionId,
  item: itemId,
  patch: values,
  base: v.optional(values),
})
const createInput = v.object({ section: sectionId, values })
const itemInput = v.object({ section: sectionId, item: itemId })

export interface EditReceipt {
  readonly item: string
  readonly mutation: string
}

/** The two files that may stand on Résumé: the one on its way, and the one the platform has. */
export const resumeFiles = ['waiting', 'stored'] as const
export type ResumeFile = (typeof resumeFiles)[number]

const resumeFile = v.object({ file: v.picklist(resumeFiles) })

export interface PageOfItems {
  readonly total: number
  readonly offset: number
  readonly items: readonly ItemView[]
}

const pageInput = v.object({
  section: sectionId,
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100)),
  search: v.optional(v.pipe(v.string(), v.maxLength(200))),
  /** Field key → wanted value, compared as text. */
  filters: v.optional(v.record(v.string(), v.union([v.string(), v.boolean()]))),
})

const toggleId = v.pipe(v.string(), v.maxLength(40))

const historyInput = v.object({
  section: v.optional(sectionId),
  offset: v.pipe(v.number(), v.integer(), v.minValue(0)),
  limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(200)),
})

export interface RestoreReceipt {
  readonly kind: 'edit' | 'record' | 'draft'
  readonly section: string
  readonly item: string
  /** How the page takes it back: the edit, the values of before, or the draft. */
  readonly undo:
    | { readonly kind: 'withdraw'; readonly mutation: string }
    | { readonly kind: 'write'; readonly values: Values }
    | { readonly kind: 'drop-draft' }
}

export const ipcContract = {
  app: {
    start: invoke<StartView>()(nothing),
    /** The system says that there is a network again. */
    networkBack: invoke<undefined>()(nothing),
    openLink: invoke<undefined>()(v.object({ url: v.pipe(v.string(), v.maxLength(2_048)) })),
    setSettings: invoke<Settings>()(v.partial(settings)),
    settingsChanged: event<Settings>(),
    desktop: invoke<DesktopFacts>()(nothing),
    startAtLogin: invoke<DesktopFacts>()(v.object({ isOn: v.boolean() })),
    about: invoke<AboutView>()(nothing),
    /** Shows the log in the system's file manager. */
    showLogs: invoke<undefined>()(nothing),
    /** Puts versions, states and counts on the clipboard; no value, no name, no token. */
    copyDiagnostics: invoke<undefined>()(nothing),
    update: invoke<UpdateState>()(nothing),
    /** Looks now, and answers how it ended. */
    checkForUpdates: invoke<UpdateState>()(nothing),
    /** Restarts into the fetched version, unless something of the person’s is unsent. */
    restartToUpdate: invoke<RestartAnswer>()(nothing),
    updateChanged: event<UpdateState>(),
    /** Main asks the page to show something, e.g. from the tray. */
    show: event<ShowRequest>(),
  },
  workspace: {
    /** Asks the platform what this token may do. Changes nothing anywhere. */
    probe: invoke<ProbeReport>()(connectionInput),
    /** Verifies again, stores the token in the keychain and opens the workspace. */
    connect: invoke<Workspace>()(
      v.object({ connection: connectionInput, sessionOnly: v.optional(v.boolean()) }),
    ),
    readEnvFile: invokeWithFiles<Prefill>()(nothing),
    chooseEnvFile: invoke<Prefill>()(nothing),
    openDemo: invoke<Workspace>()(nothing),
    resetDemo: invoke<undefined>()(nothing),
    switchTo: invoke<undefined>()(v.object({ workspace: workspaceId })),
    unsent: invoke<readonly PendingChange[]>()(nothing),
    exportUnsent: invoke<{ readonly saved: boolean }>()(nothing),
    /** `discard`: the unsent edits that may go with the workspace. Refused while there are others. */
    signOut: invoke<undefined>()(v.object({ discard: v.array(mutationId) })),
    retryKeychain: invoke<CredentialState>()(nothing),
    /**
     * A new token for the current workspace, when the old one is refused or not to be had. With a
     * `service`: one that this host takes instead of the workspace’s.
     */
    renewToken: invoke<undefined>()(
      v.object({
        token: v.pipe(v.string(), v.maxLength(4_000)),
        sessionOnly: v.optional(v.boolean()),
        service: v.optional(service),
      }),
    ),
    /** Forgets the token of one host; it gets the workspace’s again. */
    removeToken: invoke<undefined>()(v.object({ service })),
    changed: event<WorkspacesView>(),
  },
  network: {
    certificates: invoke<CertificatesView>()(nothing),
    /** Asks for a file in the system's dialog. Checks are never switched off, only widened by it. */
    chooseCertificates: invoke<CertificatesView>()(nothing),
    removeCertificates: invoke<CertificatesView>()(nothing),
  },
  section: {
    view: invoke<SectionView>()(v.object({ section: sectionId })),
    page: invoke<PageOfItems>()(pageInput),
    refresh: invoke<undefined>()(v.object({ section: sectionId })),
    edit: invoke<EditReceipt>()(editInput),
    create: invoke<EditReceipt>()(createInput),
    remove: invoke<EditReceipt>()(itemInput),
    /** Keeps what stands in an open form. `values` empty: the draft is dropped. */
    saveDraft: invoke<undefined>()(
      v.object({
        section: sectionId,
        item: itemId,
        values,
        base: v.optional(values),
        /** The person threw it away: what stood there goes into the history. */
        isDiscarded: v.optional(v.boolean()),
      }),
    ),
    opened: invoke<undefined>()(v.object({ section: sectionId })),
    changed: event<SectionView>(),
  },
  toggle: {
    /** Turns it off for a while. Of one that is not on nothing comes. */
    pause: invoke<undefined>()(v.object({ toggle: toggleId, length: v.picklist(pauseLengths) })),
    /** Makes it what it was before the pause. */
    resume: invoke<undefined>()(v.object({ toggle: toggleId })),
  },
  pending: {
    list: invoke<readonly PendingChange[]>()(nothing),
    retry: invoke<undefined>()(v.object({ mutation: v.optional(mutationId) })),
    undo: invoke<undefined>()(v.object({ mutation: mutationId })),
    /** Contested fields: the value to keep for each. Those equal to the server's are dropped. */
    resolve: invoke<undefined>()(v.object({ mutation: mutationId, choices: values })),
    changed: event<readonly PendingChange[]>(),
    status: event<SyncStatus>(),
  },
  history: {
    /** Newest first. An answer may hold fewer lines than asked for, never none of those there are. */
    list: invoke<HistoryPage>()(historyInput),
    /** Makes an edit of an earlier value, a record anew, or a draft of what is not complete. */
    restore: invoke<RestoreReceipt>()(v.object({ id: v.pipe(v.string(), v.maxLength(500)) })),
    clear: invoke<undefined>()(nothing),
  },
  resume: {
    upload: invokeWithFiles<EditReceipt>()(nothing),
    choose: invoke<{ readonly chosen: boolean }>()(nothing),
    /** Takes what was given to the app itself: as an argument, by "Open with", on its icon. */
    takeHanded: invoke<EditReceipt>()(nothing),
    /**
     * Saves the platform's file, one of those beside it, or the one on its way, where the person
     * says.
     */
    download: invoke<{ readonly saved: boolean }>()(
      v.object({
        name: v.optional(v.pipe(v.string(), v.maxLength(255))),
        file: v.optional(v.picklist(resumeFiles)),
      }),
    ),
    /** Makes the copy that can be dragged, ahead of the drag; once for each version of the file. */
    prepareDrag: invoke<undefined>()(resumeFile),
    /**
     * Lets the system drag the copy while the button is held; answers once it is let go (macOS: at
     * once). Where there is no copy yet nothing is dragged and one is made.
     */
    drag: invoke<{ readonly hasBegun: boolean }>()(resumeFile),
  },
  photo: {
    /** A square JPEG the page has cropped and scaled down. */
    set: invoke<EditReceipt>()(
      v.object({ bytes: v.pipe(v.instance(Uint8Array), v.maxLength(1_048_576)) }),
    ),
    remove: invoke<EditReceipt>()(nothing),
  },
} as const satisfies Contract

export type IpcContract = typeof ipcContract
