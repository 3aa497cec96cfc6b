import type { LegacyMemory, Memory, MemoryCategory, Mentor } from '../store/state'
import { type AgentKey, FIXED_MEMORIES, TEMPLATES, TOPICS } from './memory-texts'

const DAY_MS = 86_400_000
const OLDEST_FIXED = Date.parse('2026-09-27T08:00:00Z')
const OWNER = { org: 'northwind', username: 'noor.haddad' }

export const MENTOR_IDS: Readonly<Record<Exclude<AgentKey, 'everyone'>, string>> = {
  coach: '5b0e7a52-9c1d-4c55-8f0a-6f3f1e2d9a10',
  tutor: 'a3d5b6c0-41f7-4f0e-9a77-0c2f5be1d7e4',
  writer: 'e81c9d24-77aa-4b8d-8c3b-92f0a4d35c61',
}

const MENTORS = [
  [
    MENTOR_IDS.coach,
    'GIS exam coach',
    'Practice questions and revision plans.',
    '2026-11-22T16:20:11.204000+00:00',
  ],
  [
    MENTOR_IDS.tutor,
    'Water models tutor',
    'Explains hydrological models step by step.',
    '2026-11-21T07:45:00.118000+00:00',
  ],
  [
    MENTOR_IDS.writer,
    'Writing partner',
    'Reads drafts and asks questions.',
    '2026-11-13T11:02:36.770000+00:00',
  ],
  [
    '0f6b1f8e-2a54-4e21-b1d9-7a8f4c0e6d33',
    'Onboarding guide',
    'First steps at northwind.',
    '2026-10-02T09:00:00.000000+00:00',
  ],
] as const

export function seedMentors(): Mentor[] {
  return MENTORS.map(([uniqueId, name, description, accessedAt], row) => ({
    id: 401 + row,
    org: 'northwind',
    uniqueId,
    name,
    slug: name.toLowerCase().replaceAll(' ', '-'),
    description,
    accessedAt,
  }))
}

const CATEGORIES = [
  ['knowledge_gaps', 'Knowledge Gaps', 'What the learner has not understood yet'],
  ['learning_goals', 'Learning Goals', 'What the learner wants to reach'],
  ['preferences', 'Preferences', 'How the learner likes to study'],
  ['progress_milestones', 'Progress Milestones', 'What the learner has completed'],
  ['personal_context', 'Personal Context', 'Circumstances that matter for learning'],
] as const

/** The newest agent has none yet: categories appear with the first extraction. */
export function seedCategories(): MemoryCategory[] {
  return Object.values(MENTOR_IDS).flatMap((mentor, row) =>
    CATEGORIES.map(([slug, name, description], column) => ({
      id: 7 + row * CATEGORIES.length + column,
      mentor,
      name,
      slug,
      description,
      createdAt: '2025-06-01T08:00:00Z',
    })),
  )
}

export function seedMemories(count: number): Memory[] {
  const texts = Array.from({ length: count }, (_, index) => memoryAt(index))
  return [...texts, foreignMemory(5000 + count + 1)].map((memory) => ({ ...memory }))
}

function memoryAt(index: number): Memory {
  const id = 5000 + index
  const fixed = FIXED_MEMORIES[index]
  if (fixed !== undefined) {
    const [agent, category, automatic, date, content] = fixed
    const createdAt = `${date}T06:15:44Z`
    return {
      ...OWNER,
      id,
      mentor: mentorOf(agent),
      category,
      content,
      automatic,
      session: sessionOf(id, automatic),
      createdAt,
      updatedAt: createdAt,
    }
  }
  const at = index - FIXED_MEMORIES.length
  const template = TEMPLATES[at % TEMPLATES.length] ?? TEMPLATES[0]
  if (template === undefined) throw new Error('no memory templates')
  const [agent, category, automatic, text] = template
  const createdAt = new Date(OLDEST_FIXED - (at + 1) * DAY_MS * 0.7).toISOString()
  return {
    ...OWNER,
    id,
    mentor: mentorOf(agent),
    category,
    content: variedText(text, Math.floor(at / TEMPLATES.length) + at * 5),
    automatic,
    session: sessionOf(id, automatic),
    createdAt,
    updatedAt: createdAt,
  }
}

/** Beyond what the topics give, a unit number keeps the texts apart. */
function variedText(template: string, index: number): string {
  const topic = TOPICS[index % TOPICS.length] ?? ''
  const round = Math.floor(index / (TOPICS.length * 5 * TEMPLATES.length))
  const text = template.replace('{}', topic)
  return round === 0 ? text : `${text} (unit ${String(index)})`
}

function mentorOf(agent: AgentKey): string | null {
  return agent === 'everyone' ? null : MENTOR_IDS[agent]
}

function sessionOf(id: number, automatic: boolean): string | null {
  return automatic ? `c4f0b7de-2a77-4b3b-9f5e-${String(id).padStart(12, '0')}` : null
}

function foreignMemory(id: number): Memory {
  return {
    id,
    org: 'northwind',
    username: 't.ibarra',
    mentor: MENTOR_IDS.writer,
    category: 'preferences',
    content: 'Prefers to draft in Spanish and translate late.',
    automatic: true,
    session: null,
    createdAt: '2026-10-10T10:00:00Z',
    updatedAt: '2026-10-10T10:00:00Z',
  }
}

const LEGACY = [
  [
    '0d0b2f0e-55a8-4a0c-8a52-9a1d8f5d7a61',
    'study habits',
    'personal_information',
    [
      ['schedule', 'Studies after 20:00'],
      ['office', 'Works in the Amman office'],
    ],
  ],
  [
    '3b7e6a10-0d0c-4c56-9a52-4a52c2d0f9b2',
    'exam gaps',
    'knowledge_gaps',
    [
      ['raster', 'Mixes up raster resampling methods'],
      ['variogram', 'Unsure how to choose a variogram model'],
    ],
  ],
  [
    '9c0f2e44-7b7b-4a1e-8d0a-2f0b7c9e1d53',
    'last lesson',
    'lessons_learned',
    [['kalman', 'A plotted Kalman filter works better than the algebra']],
  ],
  [
    'c1a5d9f0-3e2d-4b7c-b6a1-5d8e9f7a0b24',
    'questions asked',
    'help_requests',
    [['airflow', 'Asked how to backfill one station only']],
  ],
] as const

export function seedLegacyMemories(): LegacyMemory[] {
  const at = '2025-06-01T08:00:00+00:00'
  return LEGACY.map(([unique_id, name, category, pairs], row) => ({
    ...OWNER,
    unique_id,
    name,
    mentor: row === 1 ? MENTOR_IDS.coach : null,
    category,
    automatic: true,
    insertedAt: at,
    updatedAt: at,
    entries: pairs.map(([key, value], column) => ({
      unique_id: `f2a0c9d4-7a2f-4f0e-8e49-2a7f9f3b1${String(row)}${String(column)}0`,
      key,
      value,
      inserted_at: at,
      updated_at: at,
      expires_at: null,
    })),
  }))
}
