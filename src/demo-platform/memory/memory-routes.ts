import { refusedOrg } from '../core/access'
import { type Answer, failure, forbidden, json, notAllowed, notFound } from '../http/answer'
import { pageOf } from '../http/paging'
import type { Call, Handler, Route } from '../http/route'
import type { JsonRecord } from '../json'
import type { Settings } from '../options'
import type { Memory } from '../store/state'
import { memoryTargetOf } from './access'
import { categoriesOf, renderBrief, renderCategory, renderMemory } from './render'
import { selectMemories } from './select'
import { createMemory, deleteMemory, editMemory, type Place } from './write'

const ORG = '/dm/api/ai-mentor/orgs/{org}'
const USER = `${ORG}/users/{username}`
const MENTOR = `${USER}/mentors/{mentor}`
const UP_TO_25 = { defaultSize: 25, maxSize: 25 }
const UP_TO_1000 = { defaultSize: 25, maxSize: 1000 }

export function memoryRoutes({ globalEdit }: Settings): readonly Route[] {
  const dm = (path: string, methods: Readonly<Record<string, Handler>>): Route => ({
    service: 'dm',
    path,
    methods,
  })
  const ofMentor = { PATCH: within(editMemory), DELETE: within(deleteMemory) }
  const ofEveryone = globalEdit ? ofMentor : { DELETE: within(deleteMemory) }
  return [
    dm(`${MENTOR}/mentor-memories/`, { GET: within(listGrouped), POST: within(createMemory) }),
    dm(`${MENTOR}/mentor-memories/{id}/`, ofMentor),
    dm(`${MENTOR}/mentor-memories-list/`, { GET: within(listOfMentor) }),
    dm(`${USER}/mentor-memories/`, { GET: within(listAcrossMentors) }),
    dm(`${USER}/global-memories/`, { GET: within(listGlobal), POST: within(createMemory) }),
    dm(`${USER}/global-memories/{id}/`, ofEveryone),
    dm(`${ORG}/mentors/{mentor}/memory-categories/`, { GET: listCategories, POST: editCategories }),
  ]
}

/** Resolves person and mentor first; every memory route needs both or their refusal. */
function within(act: (call: Call, place: Place) => Answer): Handler {
  return (call) => {
    const target = memoryTargetOf(call)
    if (!target.ok) return target.answer
    const mentor = call.param('mentor')
    if (mentor !== '' && !isMentor(call, mentor)) return notFound()
    return act(call, {
      org: target.org,
      person: target.person,
      mentor: mentor === '' ? null : mentor,
    })
  }
}

function isMentor(call: Call, uniqueId: string): boolean {
  const org = call.param('org')
  return call.store
    .state()
    .mentors.some((mentor) => mentor.org === org && mentor.uniqueId === uniqueId)
}

function listGrouped(call: Call, { mentor }: Place): Answer {
  const rows = selectMemories(call, (memory) => memory.mentor === mentor)
  const groups = categoriesOf(call, mentor ?? '').map((category): JsonRecord => {
    const inside = rows.filter((memory) => memory.category === category.slug)
    const memories = inside.map((memory) => renderMemory(memory, call))
    return { category: renderBrief(category), memories }
  })
  return json(
    200,
    groups.filter(({ memories }) => Array.isArray(memories) && memories.length > 0),
  )
}

function listOfMentor(call: Call, { mentor }: Place): Answer {
  const rows = selectMemories(call, (memory) => memory.mentor === mentor)
  return pageOf(rows, UP_TO_1000, call, (memory) => renderMemory(memory, call))
}

/** About the person in the path, also for an administrator. */
function listAcrossMentors(call: Call, { person }: Place): Answer {
  const rows = selectMemories(
    call,
    ({ mentor, username }) => mentor !== null && username === person.username,
  )
  return pageOf(rows, UP_TO_25, call, (memory) => renderMemory(memory, call))
}

function listGlobal(call: Call, { person }: Place): Answer {
  const covers = (memory: Memory): boolean =>
    memory.mentor === null && memory.username === person.username
  return pageOf(selectMemories(call, covers), UP_TO_25, call, (memory) =>
    renderMemory(memory, call),
  )
}

function listCategories(call: Call): Answer {
  const refused = refusedCategories(call)
  if (refused !== undefined) return refused
  const rows = categoriesOf(call, call.param('mentor')).map(renderCategory)
  return json(
    200,
    call.settings.categoryList === 'array' ? rows : { count: rows.length, results: rows },
  )
}

function refusedCategories(call: Call): Answer | undefined {
  const refused = refusedOrg(call, call.param('org'))
  if (refused !== undefined) return refused
  if (!call.settings.memoryEnabled) return failure(403, 'Memory is disabled for this platform.')
  return isMentor(call, call.param('mentor')) ? undefined : notFound()
}

/** Editing categories is for a mentor's editors, which nobody here is. */
function editCategories(call: Call): Answer {
  return call.caller.admin ? notAllowed(call.method) : forbidden()
}
