import { render } from '@testing-library/svelte'
import userEvent from '@testing-library/user-event'
import { FakeClock } from './fake-app'
import { aSectionView, anItem, aStartView, FakeMain } from './fake-main'
import WithApp from './WithApp.svelte'
import { createRegistry, registry } from '../../src/shared/domain/sections/registry'
import type { AnySection } from '../../src/shared/domain/sections/section'
import type { StartView } from '../../src/shared/ipc/contract'
import type { SectionView } from '../../src/shared/sync/view'
import { createClient } from '../../src/renderer/client/client'
import { AppState } from '../../src/renderer/state/app-state.svelte'
import { ToastQueue } from '../../src/renderer/ui/toast-state.svelte'
import SectionPage from '../../src/renderer/features/sections/SectionPage.svelte'

export const noor = {
  name: 'Noor Haddad',
  title: 'Lead data engineer',
  email: 'noor.haddad@example.org',
  bio: 'Hydrologist.',
  languages: ['ar', 'en'],
  country: 'JO',
  yearOfBirth: 1988,
  levelOfEducation: 'm',
  photo: null,
}

export const aBasicView = (item: Parameters<typeof anItem>[0] = {}): SectionView =>
  aSectionView({ section: 'basic', items: [anItem({ id: 'self', values: noor, ...item })] })

export const institutions = aSectionView({
  section: 'institutions',
  items: [
    anItem({
      id: '1',
      values: { name: 'University of Jordan', institutionType: 'university', location: 'Amman' },
    }),
    anItem({
      id: '2',
      values: { name: 'Aqaba Technical College', institutionType: 'college', location: 'Aqaba' },
    }),
  ],
})

export const anEducationView = (
  some: Parameters<typeof aSectionView>[0] & { readonly items?: SectionView['items'] } = {},
): SectionView =>
  aSectionView({
    section: 'education',
    items: [
      anItem({
        id: '11',
        values: {
          institution: '1',
          degree: 'MSc',
          fieldOfStudy: 'Hydrology',
          startDate: '2011-09-01',
          endDate: '2013-06-28',
          grade: '3.90',
        },
      }),
      anItem({
        id: '12',
        values: { institution: '1', degree: 'BSc', startDate: '2006-09-01', endDate: '2010-06-30' },
      }),
    ],
    ...some,
  })

/** Loaded beforehand: tests wait for behaviour, not for the first import of a file. */
await Promise.all([
  import('../../src/renderer/features/sections/BasicBody.svelte'),
  import('../../src/renderer/features/sections/CompareForm.svelte'),
  import('../../src/renderer/features/sections/ReferencePane.svelte'),
  import('../../src/renderer/features/sections/MemoryBody.svelte'),
  import('../../src/renderer/features/sections/ResumeBody.svelte'),
  import('../../src/renderer/features/sections/SocialBody.svelte'),
  import('../../src/renderer/features/sections/controls/ChoicesControl.svelte'),
  import('../../src/renderer/features/sections/controls/FileControl.svelte'),
  import('../../src/renderer/features/sections/controls/MonthControl.svelte'),
  import('../../src/renderer/features/sections/controls/ReferenceControl.svelte'),
  import('../../src/renderer/features/sections/controls/SocialLinkControl.svelte'),
  import('../../src/renderer/features/sections/controls/SuggestControl.svelte'),
])

interface Given {
  readonly views?: readonly SectionView[]
  readonly extra?: readonly AnySection[]
  readonly start?: Partial<StartView>
}

/** A section's page in a started window over a fake main. */
export async function aSectionPage(open: string, { views = [], extra = [], start }: Given = {}) {
  const all = [...registry.all, ...extra]
  const given = new Map(views.map((view) => [String(view.section), view]))
  const sections = all.map(({ id }) => given.get(id) ?? aSectionView({ section: id }))
  const main = new FakeMain(aStartView({ sections, open, ...start }))
  const clock = new FakeClock()
  const toasts = new ToastQueue(clock)
  const app = new AppState(createClient(main.client), {
    clock,
    toasts,
    registry: createRegistry(all),
  })
  app.listen()
  await app.start()
  const section = app.registry.all.find(({ id }) => id === open)
  if (!section) throw new Error(`no section ${open}`)
  const rendered = render(WithApp, { app, of: SectionPage, given: { section } })
  return { app, main, clock, toasts, user: userEvent.setup(), ...rendered }
}
