/**
 * The state of the settings form: a spec, invalid inputs as typed, errors and adjustments, and links to the experiment
 * with one setting changed.
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
  pageFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec/spec.ts'

import { writeAddress, type Shown } from './address.ts'
import type { Normalized } from './lenient-input.ts'

/** A setting that was adjusted along with another one. */
export interface AdjustedSetting {
  field: SpecField
  /** Its previous or requested value, as text. */
  was: string
  is: string
  /** The limit that it exceeded, and the setting that the limit belongs to. */
  since: Pick<FieldError, 'field' | 'expected'>
  /** The address of the experiment before the change; undefined if that cannot be trained. */
  back?: string
}

export interface SettingsState {
  /** The spec of all valid settings, with the others at their defaults. */
  spec: ExperimentSpec
  shown: Shown
  /** The typed texts by field if something is invalid: they stay as they were. */
  typed: Partial<Record<SpecField, string>>
  errors: readonly FieldError[]
  normalized: readonly Normalized[]
  /** The settings that the last change adjusted. */
  adjusted?: readonly AdjustedSetting[]
}

/** The text in a control. */
export function textOf({ spec, typed }: SettingsState, field: SpecField): string {
  return typed[field] ?? writeValue(pageFields, field, spec[field])
}

/** The fields in which a spec differs from its defaults, which are the tutorial's. */
export function changedIn(spec: ExperimentSpec): PartialSpec {
  return Object.fromEntries(Array.from(specQuery(spec).keys(), (field) => [field, spec[field as SpecField]]))
}

/** The explicit values of a spec's locked fields, so that none of them follows a default. */
export function lockedIn(spec: ExperimentSpec, lock: readonly SpecField[]): PartialSpec {
  return Object.fromEntries(lock.map((field) => [field, spec[field]]))
}

/** The label of a value: `ReLU`, `full`, `0.01`. */
export function valueInWords(words: Control['words'], text: string): string {
  return words?.[text] ?? text
}

/** The default of a field given the other settings, as text. */
export function defaultText(spec: ExperimentSpec, field: SpecField): string {
  return writeValue(pageFields, field, defaultSpec(spec)[field])
}

/** A link to the same experiment with one setting changed, or what is allowed instead. */
export type ValueLink = { address: string } | { instead: string }

/**
 * The link to the experiment with another value of a field.
 *
 * @param value the new value; by default the field's default
 */
export function linkToValue(
  { spec, shown }: Pick<SettingsState, 'spec' | 'shown'>,
  field: SpecField,
  value?: ExperimentSpec[SpecField],
): ValueLink {
  const given = { ...changedIn(spec), ...lockedIn(spec, shown.lock) }
  if (value === undefined) delete given[field]
  try {
    const changed = completeSpec(value === undefined ? given : { ...given, [field]: value })
    // The browser itself trains the fused engine, whatever the size; a page without scripts shows what fits.
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
 * The address of an example experiment, without a pin and with the default view. Locked settings keep their current
 * values; undefined if these contradict the example.
 *
 * @param given its settings; by default the tutorial's
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
