import type { UnsentWork, UpdateOff, UpdateState, UpdateTrouble } from '../domain/updates'
import { assertNever } from '../result'
import { editsText } from './status'
import { whenText } from './times'

const off: Readonly<Record<UpdateOff, string>> = {
  development: 'Off: this copy runs from its source.',
  'package-manager': 'Off: it was installed as a package, and new versions come the same way.',
  portable:
    'Off: the portable program does not replace itself. Download the new one when there is one.',
  'not-configured': 'Off: this copy was built without a place to look for updates.',
  'bad-configuration':
    'Off: the update settings of this copy are incomplete or not safe. Tell whoever gave you the app.',
}

const troubles: Readonly<Record<UpdateTrouble, string>> = {
  offline: 'The place updates come from cannot be reached. Check the network and try again.',
  timeout: 'The place updates come from does not answer. Try again later.',
  proxy: 'The proxy let nothing through. Check the system’s proxy settings and try again.',
  certificate:
    'The certificate of the place updates come from is not trusted by this system. Ask an administrator of your network.',
  'not-found': 'There is no release for this system there. Try again later.',
  server: 'The place updates come from has a fault. Try again later.',
  'web-page': 'A web page answered instead. Sign in to your network, then try again.',
  insecure: 'It led to an address without encryption, so nothing was fetched.',
  signature:
    'What is offered is not signed by the maker of this app, so it was not fetched. Tell whoever gave you the app.',
  description: 'What is offered cannot be understood, so nothing was fetched. Try again later.',
  file: 'The file that came is not the one that was announced, so it was thrown away. Try again later.',
  'disk-full': 'The disk is full. Make room, then try again.',
  'not-writable':
    'The app may not replace its own file. Move it to a folder of yours, then try again.',
  failed: 'That did not work. Try again, or download the new version yourself.',
}

/** What Settings and the dialog say. @param now milliseconds since 1970 */
export function updateText(state: UpdateState, version: string, now: number): string {
  switch (state.kind) {
    case 'off':
      return off[state.reason]
    case 'idle':
      return state.checkedAt === undefined
        ? `Version ${version}.`
        : `Version ${version} is up to date. Looked ${whenText(state.checkedAt, now)}.`
    case 'checking':
      return 'Looking for a newer version…'
    case 'downloading':
      return `Fetching version ${state.version}: ${String(state.percent)} %`
    case 'ready':
      return `Version ${state.version} is ready.`
    case 'failed':
      return troubles[state.trouble]
    default:
      return assertNever(state)
  }
}

/** Why the app does not restart now, and what to do. */
export function restartRefusedText({ edits, drafts, isUploading }: UnsentWork): string {
  if (isUploading) return 'A file is being sent. Restart when it has arrived.'
  if (edits > 0) {
    const verb = edits === 1 ? 'is' : 'are'
    return `${editsText(edits)} ${verb} not sent yet. Restart when the status says Saved.`
  }
  return drafts === 1
    ? '1 draft is open. Save or discard it, then restart.'
    : `${String(drafts)} drafts are open. Save or discard them, then restart.`
}
