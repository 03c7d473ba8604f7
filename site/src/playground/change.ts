/**
 * Changing one setting of a spec. What follows a default goes on following it, and what the change makes impossible is
 * moved to the nearest value that is allowed, and said. So every control can be moved at any time, and what comes out
 * is always an experiment that the Worker answers too.
 */

import { requireBudget } from '#experiment/budget.ts'
import { InvalidQuery } from '#experiment/errors.ts'
import { completeSpec, defaultSpec, type ExperimentSpec, type PartialSpec, type SpecField } from '#experiment/spec.ts'
import { changedIn } from '#instrument/setup.ts'

/** What a change came to. */
export interface Change {
  spec: ExperimentSpec
  /** The settings that had to give way, the changed one among them where it was asked for too much. */
  gaveWay: SpecField[]
}

/** Who gives way first where several could: what a reader would miss least. */
const patience: readonly SpecField[] = ['classes', 'batchSize', 'seed', 'seeds', 'epochs']
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
): Change {
  return settle({ ...changedIn(spec), [field]: value }, field)
}

/** A spec with some settings back at their defaults; all of them where none is named. */
export function resetFields(spec: ExperimentSpec, fields?: readonly SpecField[]): Change {
  const given = Object.entries(changedIn(spec)).filter(([field]) => fields && !fields.includes(field as SpecField))
  return settle(Object.fromEntries(given))
}

const isAmount = (field: SpecField) => field === 'seeds' || field === 'epochs'

function settle(given: PartialSpec, changed?: SpecField): Change {
  const gaveWay = new Set<SpecField>()
  for (;;) {
    const wrong = wrongIn(given)
    if (wrong.length === 0) return { spec: completeSpec(given), gaveWay: [...gaveWay] }
    const field = giverOf(wrong, given, changed)
    gaveWay.add(field)
    given = giveWay(given, field)
  }
}

/** The fields that are wrong in a spec's fields, together or alone. */
function wrongIn(given: PartialSpec): SpecField[] {
  try {
    requireBudget(completeSpec(given))
    return []
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    const fields = error.errors.map(({ field }) => field as SpecField)
    // What is too much for the seeds given is too much for the epochs, and the other way around.
    return fields.some(isAmount) ? [...fields.filter((field) => !isAmount(field)), 'seeds', 'epochs'] : fields
  }
}

/**
 * Which of the wrong fields gives way: the changed one last. But too many seeds are fewer seeds: fewer epochs would be
 * another experiment.
 */
function giverOf(wrong: readonly SpecField[], given: PartialSpec, changed: SpecField | undefined): SpecField {
  const can = wrong.filter((field) => given[field] !== undefined && given[field] !== least[field])
  const rank = (field: SpecField) =>
    field === changed && field !== 'seeds' ? patience.length : patience.indexOf(field)
  const [first = 'epochs'] = [...can].sort((a, b) => rank(a) - rank(b))
  return first
}

/** A field's nearest value below that is allowed, or, where there is none, its least; other fields take their default. */
function giveWay(given: PartialSpec, field: SpecField): PartialSpec {
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
    if (wrongIn({ ...given, [field]: middle }).includes(field)) high = middle - 1
    else low = middle
  }
  return { ...given, [field]: low }
}
