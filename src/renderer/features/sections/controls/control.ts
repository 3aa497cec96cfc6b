import type { Component } from 'svelte'
import {
  fieldOf,
  type AnySection,
  type FieldDescriptor,
} from '../../../../shared/domain/sections/section'
import type { FormState } from '../../../state/form-state.svelte'
import type { FieldControl } from '../../../ui/field-control'

/** What every control of a form field gets. */
export interface ControlProps {
  form: FormState
  name: string
  control: FieldControl
}

export type ControlComponent = Component<ControlProps>

/** Controls that the first paint does without: loaded when a form has such a field. */
const loaders: Partial<
  Record<FieldDescriptor['kind'], () => Promise<{ readonly default: ControlComponent }>>
> = {
  suggest: () => import('./SuggestControl.svelte'),
  choices: () => import('./ChoicesControl.svelte'),
  month: () => import('./MonthControl.svelte'),
  reference: () => import('./ReferenceControl.svelte'),
  'social-link': () => import('./SocialLinkControl.svelte'),
  file: () => import('./FileControl.svelte'),
}

export const lazyControl = (
  kind: FieldDescriptor['kind'],
): Promise<{ readonly default: ControlComponent }> | undefined => loaders[kind]?.()

/** Resolves once the control of the form's first field is loaded. */
export async function firstControl(section: AnySection): Promise<void> {
  const [name] = section.groups.flatMap(({ fields }) => fields)
  const field = name === undefined ? undefined : fieldOf(section, name)
  // One that cannot be loaded is replaced by a text field.
  if (field) await lazyControl(field.kind)?.catch(() => undefined)
}
