import type { AboutView } from '../../../shared/ipc/app-views'

/** What the app is and what runs it; main's part comes a moment later. */
export function aboutFacts(version: string, about: AboutView | undefined) {
  const ours = [
    { name: 'Version', value: version },
    { name: 'Licence', value: 'MIT' },
  ]
  if (!about) return ours
  return [
    ...ours,
    { name: 'Electron', value: about.electron },
    { name: 'Chromium', value: about.chromium },
    { name: 'Node', value: about.node },
    { name: 'System', value: about.system },
  ]
}
