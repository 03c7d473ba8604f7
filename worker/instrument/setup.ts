/**
 * What the settings show: a spec, and where it could not be read what was typed instead.
 */
import type { Control } from '#experiment/controls.ts'
import type { FieldError } from '#experiment/errors.ts'
import { specQuery } from '#experiment/permalink.ts'
import { writeValue } from '#experiment/query.ts'
import {
  completeSpec,
  defaultSpec,
  specFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec.ts'

import { writeAddress, type Shown } from './address.ts'
import type { Reading } from './typed.ts'

export interface Setup {
  /** All that is right; the other settings are at their defaults. */
  spec: ExperimentSpec
  shown: Shown
  /** What was typed, by field, where something is wrong: it stays as it was. */
  typed: Partial<Record<SpecField, string>>
  errors: readonly FieldError[]
  readings: readonly Reading[]
}

/** The text that a control shows. */
export function textOf({ spec, typed }: Setup, field: SpecField): string {
  return typed[field] ?? writeValue(specFields, field, spec[field])
}

/** The fields in which a spec differs from its defaults: those that are not the tutorial's. */
export function changedIn(spec: ExperimentSpec): PartialSpec {
  return Object.fromEntries(Array.from(specQuery(spec).keys(), (field) => [field, spec[field as SpecField]]))
}

/** A value in words: `ReLU`, `full`, `0.01`. */
export function valueInWords(words: Control['words'], text: string): string {
  return words?.[text] ?? text
}

/** The default of a field beside the other settings, as its text. */
export function defaultText(spec: ExperimentSpec, field: SpecField): string {
  return writeValue(specFields, field, defaultSpec(spec)[field])
}

/** The address of the same experiment with one setting changed, or back at its default; none where that cannot be. */
export function addressWith(
  { spec, shown }: Pick<Setup, 'spec' | 'shown'>,
  field: SpecField,
  value?: number,
): string | undefined {
  const given = changedIn(spec)
  if (value === undefined) delete given[field]
  try {
    return writeAddress(completeSpec(value === undefined ? given : { ...given, [field]: value }), shown)
  } catch {
    return undefined
  }
}
