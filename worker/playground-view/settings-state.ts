/**
 * What the settings show: a spec, and where it could not be read what was typed instead.
 */
import { completeView } from '#charts/view.ts'
import { requireBudget } from '#experiment/spec/budget.ts'
import type { Control } from '#experiment/spec/controls.ts'
import { InvalidQuery, type FieldError } from '#experiment/spec/errors.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { writeValue } from '#experiment/spec/query.ts'
import {
  completeSpec,
  defaultSpec,
  specFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec/spec.ts'

import { writeAddress, type Shown } from './address.ts'
import type { Normalized } from './lenient-input.ts'

/** A setting that had to change along with another one. */
export interface AdjustedSetting {
  field: SpecField
  /** Its value before, or the one that was asked for, as its text. */
  was: string
  is: string
  /** The limit that it met, and the setting whose limit that is. */
  since: Pick<FieldError, 'field' | 'expected'>
  /** The address of the experiment before the change; undefined where that cannot be trained. */
  back?: string
}

export interface SettingsState {
  /** All that is right; the other settings are at their defaults. */
  spec: ExperimentSpec
  shown: Shown
  /** What was typed, by field, where something is wrong: it stays as it was. */
  typed: Partial<Record<SpecField, string>>
  errors: readonly FieldError[]
  normalized: readonly Normalized[]
  /** Settings that the last change moved along. */
  adjusted?: readonly AdjustedSetting[]
}

/** The text that a control shows. */
export function textOf({ spec, typed }: SettingsState, field: SpecField): string {
  return typed[field] ?? writeValue(specFields, field, spec[field])
}

/** The fields in which a spec differs from its defaults: those that are not the tutorial's. */
export function changedIn(spec: ExperimentSpec): PartialSpec {
  return Object.fromEntries(Array.from(specQuery(spec).keys(), (field) => [field, spec[field as SpecField]]))
}

/** The values of a spec's frozen fields, given one by one: so none of them follows a default. */
export function lockedIn(spec: ExperimentSpec, lock: readonly SpecField[]): PartialSpec {
  return Object.fromEntries(lock.map((field) => [field, spec[field]]))
}

/** A value in words: `ReLU`, `full`, `0.01`. */
export function valueInWords(words: Control['words'], text: string): string {
  return words?.[text] ?? text
}

/** The default of a field beside the other settings, as its text. */
export function defaultText(spec: ExperimentSpec, field: SpecField): string {
  return writeValue(specFields, field, defaultSpec(spec)[field])
}

/** A way to the same experiment with one setting changed, or what is allowed instead of the change. */
export type Way = { address: string } | { instead: string }

/**
 * The way to another value of a field.
 *
 * @param value the default where there is none
 */
export function wayTo(
  { spec, shown }: Pick<SettingsState, 'spec' | 'shown'>,
  field: SpecField,
  value?: ExperimentSpec[SpecField],
): Way {
  const given = { ...changedIn(spec), ...lockedIn(spec, shown.lock) }
  if (value === undefined) delete given[field]
  try {
    const changed = completeSpec(value === undefined ? given : { ...given, [field]: value })
    // The browser trains the fused engine itself, however large; a page without says what fits.
    if (changed.engine !== 'fused') requireBudget(changed)
    return { address: writeAddress(changed, shown) }
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    const own = error.errors.find((one) => one.field === field)
    const [other] = error.errors
    return { instead: own?.expected ?? (other ? `what goes with ${other.field}=${other.value}` : error.message) }
  }
}

/**
 * The address of an experiment to begin from, without a pin and shown as usual. What is frozen stays frozen, at the value
 * that it has here; undefined where such a value does not go with the experiment.
 *
 * @param given its settings; none for the tutorial's
 */
export function startAddress(
  { spec, shown: { lock } }: Pick<SettingsState, 'spec' | 'shown'>,
  given: PartialSpec = {},
) {
  try {
    const start = completeSpec({ ...given, ...lockedIn(spec, lock) })
    requireBudget(start)
    return writeAddress(start, { view: completeView(), lock })
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    return undefined
  }
}
