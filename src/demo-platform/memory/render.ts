import { idOf } from '../career/render'
import type { Call } from '../http/route'
import type { JsonRecord } from '../json'
import type { Memory, MemoryCategory } from '../store/state'

export function categoriesOf(call: Call, mentor: string): readonly MemoryCategory[] {
  return call.store.state().categories.filter((category) => category.mentor === mentor)
}

export function renderMemory(memory: Memory, call: Call): JsonRecord {
  const owner = call.store.state().people.find(({ username }) => username === memory.username)
  const category = categoriesOf(call, memory.mentor ?? '').find(
    ({ slug }) => slug === memory.category,
  )
  const where =
    memory.mentor === null
      ? { platform: memory.org }
      : {
          mentor_id: memory.mentor,
          category: category === undefined ? null : renderBrief(category),
        }
  return {
    id: idOf(memory.id, call),
    ...where,
    username: memory.username,
    email: owner?.email ?? null,
    user_full_name: owner?.name ?? null,
    content: memory.content,
    is_auto_generated: memory.automatic,
    source_session_id: memory.session,
    created_at: memory.createdAt,
    updated_at: memory.updatedAt,
  }
}

export function renderBrief({ id, name, slug }: MemoryCategory): JsonRecord {
  return { id, name, slug }
}

export function renderCategory(category: MemoryCategory): JsonRecord {
  const { description, createdAt } = category
  return {
    ...renderBrief(category),
    description,
    extraction_prompt: '',
    is_active: true,
    created_at: createdAt,
  }
}
