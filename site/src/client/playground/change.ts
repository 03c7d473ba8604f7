/**
 * Changes one setting of a spec. Settings at their default go on following it, and settings that the change makes
 * impossible are adjusted to the nearest value that is allowed, and listed. So every control can be moved at any time, and
 * the result is always an experiment that can be trained: by the browser, or within its budget by the Worker.
 */
import { datasetFields } from '#datasets/generator.ts'
import { requireBudget } from '#experiment/spec/budget.ts'
import { InvalidQuery, type FieldError } from '#experiment/spec/errors.ts'
import { writeValue } from '#experiment/spec/query.ts'
import {
  completeSpec,
  defaultSpec,
  pageFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec/spec.ts'
import { changedIn, lockedIn, type AdjustedSetting } from '#playground-view/settings-state.ts'

/** What a change came to. */
export interface SpecChange {
  spec: ExperimentSpec
  /** The settings that had to give way, the changed one among them where it was asked for too much. */
  adjusted: AdjustedSetting[]
}

/** Who trains: a browser that can has no budget, but the fused engine alone; the Worker has both engines. */
export type TrainedBy = 'browser' | 'worker'

/** Under what a change is made: who trains, and the fields that neither give way nor follow a default. */
export interface Terms {
  by: TrainedBy
  lock: readonly SpecField[]
}

/** Which field is adjusted first where several could be: what a reader would miss least. */
const adjustedFirst: readonly SpecField[] = ['classes', 'batchSize', 'seed', 'seeds', 'epochs']
/** Settings of which less is always possible, and at what value that ends. */
const least: Partial<Record<SpecField, number>> = { seeds: 1, epochs: 1, seed: 0 }

/**
 * A spec with one setting changed. For a drag, change the spec at its beginning again and again: then a setting that
 * gave way on the way comes back.
 *
 * @param value within the field's own limits
 */
export function changeField<Field extends SpecField>(
  spec: ExperimentSpec,
  field: Field,
  value: ExperimentSpec[Field],
  terms: Terms,
): SpecChange {
  const settled = settle({ ...changedIn(spec), ...lockedIn(spec, terms.lock), [field]: value }, terms, field)
  if ('spec' in settled) return settled
  const text = (of: ExperimentSpec[Field]) => writeValue(pageFields, field, of)
  return { spec, adjusted: [{ field, was: text(value), is: text(spec[field]), since: settled.refusedBy }] }
}

/** A spec on a table of the visitor's own, by its digest: what belongs to the data before takes its default. */
export function changeTable(spec: ExperimentSpec, data: string, terms: Terms): SpecChange {
  const kept = Object.entries(changedIn(spec)).filter(
    ([field]) => !(datasetFields as readonly string[]).includes(field),
  )
  const given = { ...Object.fromEntries(kept), ...lockedIn(spec, terms.lock), dataset: 'own' as const, data }
  const settled = settle(given, terms)
  return 'spec' in settled ? settled : { spec, adjusted: [] }
}

/** A spec with some settings back at their defaults; all that are not locked where none is named. */
export function resetFields(spec: ExperimentSpec, terms: Terms, fields?: readonly SpecField[]): SpecChange {
  const given = Object.entries(changedIn(spec)).filter(([field]) => fields && !fields.includes(field as SpecField))
  const settled = settle({ ...Object.fromEntries(given), ...lockedIn(spec, terms.lock) }, terms)
  return 'spec' in settled ? settled : { spec, adjusted: [] }
}

/** A spec as far as it can be trained. */
export function trainable(spec: ExperimentSpec, by: TrainedBy): SpecChange {
  const settled = settle(changedIn(spec), { by, lock: [] })
  return 'spec' in settled && settled.adjusted.length ? settled : { spec, adjusted: [] }
}

const isAmount = (field: string) => field === 'seeds' || field === 'epochs'

/** The settings with as many of them changed as it takes, or the error that only locked ones are left to mend. */
function settle(asked: PartialSpec, { by, lock }: Terms, changed?: SpecField): SpecChange | { refusedBy: FieldError } {
  let given = asked
  /** The limit that each field met first. */
  const since = new Map<SpecField, FieldError>()
  for (;;) {
    const errors = errorsIn(given, by)
    if (errors.length === 0) break
    const free = fieldsOf(errors).filter((field) => !lock.includes(field))
    const field = fieldToAdjust(free, given, changed)
    const next = adjust(given, field, by)
    if (free.length === 0 || lock.includes(field) || next[field] === given[field]) return { refusedBy: errors[0]! }
    if (!since.has(field)) since.set(field, errors.find((error) => error.field === field) ?? errors[0]!)
    given = next
  }
  const spec = completeSpec(given)
  const [before, after] = [{ ...defaultSpec(asked), ...asked }, spec]
  const adjusted = Array.from(since, ([field, { field: of, expected }]) => ({
    field,
    was: writeValue(pageFields, field, before[field]),
    is: writeValue(pageFields, field, after[field]),
    since: { field: of, expected },
  }))
  return { spec, adjusted }
}

/** What is wrong with a spec's fields, together or alone. */
function errorsIn(given: PartialSpec, by: TrainedBy): readonly FieldError[] {
  try {
    const spec = completeSpec(given)
    if (by === 'worker' || spec.engine !== 'fused') requireBudget(spec)
    return []
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    return error.errors
  }
}

/** The fields that errors are about: what is too much for the seeds is too much for the epochs, and the other way around. */
function fieldsOf(errors: readonly FieldError[]): SpecField[] {
  const fields = errors.map(({ field }) => field as SpecField)
  return fields.some(isAmount) ? [...fields.filter((field) => !isAmount(field)), 'seeds', 'epochs'] : fields
}

/**
 * Which of the wrong fields gives way: the changed one last. But too many seeds are fewer seeds: fewer epochs would be
 * another experiment.
 */
function fieldToAdjust(wrong: readonly SpecField[], given: PartialSpec, changed: SpecField | undefined): SpecField {
  const can = wrong.filter((field) => given[field] !== undefined && given[field] !== least[field])
  const rank = (field: SpecField) =>
    field === changed && field !== 'seeds' ? adjustedFirst.length : adjustedFirst.indexOf(field)
  const [first = 'epochs'] = [...can].sort((a, b) => rank(a) - rank(b))
  return first
}

/** A field's nearest value below that is allowed, or, where there is none, its least; other fields take their default. */
function adjust(given: PartialSpec, field: SpecField, by: TrainedBy): PartialSpec {
  if (field === 'batchSize') return { ...given, batchSize: 'full' }
  const from = least[field]
  const asked = given[field] ?? defaultSpec(given)[field]
  if (from === undefined || typeof asked !== 'number') {
    const { [field]: _, ...rest } = given
    return rest
  }
  let [low, high] = [from, asked]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (fieldsOf(errorsIn({ ...given, [field]: middle }, by)).includes(field)) high = middle - 1
    else low = middle
  }
  return { ...given, [field]: low }
}
