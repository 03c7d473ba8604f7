/**
 * Sweeps at equal epochs or at equal updates. With equal epochs a small batch makes many more updates than a large one,
 * so the effects of batch size and number of updates are confounded. With equal updates, each experiment trains for as
 * many epochs as it needs to make the same number of updates.
 */
import { largestThat } from './binary-search.ts'
import { shareOfBudget } from './budget.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { about, choice } from './fields.ts'
import { completeSpec, specFields, type ExperimentSpec } from './spec.ts'
import { updates } from './training-size.ts'

export const equalities = ['epochs', 'updates'] as const
export type Equality = (typeof equalities)[number]
/** The query key that selects which of the two is equal. */
export const equalField = choice('quantity that all experiments have alike', equalities)

/** The fewest epochs in which a run makes at least `least` updates. */
function epochsFor(spec: ExperimentSpec, least: number): number {
  // Every epoch makes at least one update, so `least` epochs are always enough.
  return largestThat(0, least, (epochs) => updates({ ...spec, epochs }) < least) + 1
}

/**
 * Sets the epochs of experiments so that each makes at least as many updates as the one that makes the most in the
 * requested epochs, rounded up to whole epochs. All of them together must fit one budget.
 *
 * @param specs experiments with the same epochs
 * @throws InvalidQuery (422) with the most epochs for which this would be possible, and the reason
 */
export function withEqualUpdates<Specs extends readonly ExperimentSpec[]>(specs: Specs): Specs {
  const requested = specs[0]?.epochs ?? 1
  try {
    return equalizeUpdates(specs, requested)
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    const why = error.errors.map(({ expected }) => expected).join('; ')
    const most = largestThat(0, requested, (epochs) => epochs === 0 || isPossible(specs, epochs))
    throw new InvalidQuery(422, [
      most > 0
        ? fieldError('epochs', requested, `at most ${most} with equal=updates: ${why}`)
        : fieldError('equal', 'updates', `epochs, since updates would be too many whatever the epochs: ${why}`),
    ])
  }
}

function isPossible(specs: readonly ExperimentSpec[], epochs: number): boolean {
  try {
    equalizeUpdates(specs, epochs)
    return true
  } catch (error) {
    if (error instanceof InvalidQuery) return false
    throw error
  }
}

/**
 * The experiments with the epochs that equal updates need.
 *
 * @throws InvalidQuery (422) if an experiment needs more epochs than allowed, or all together exceed the budget
 */
function equalizeUpdates<Specs extends readonly ExperimentSpec[]>(specs: Specs, epochs: number): Specs {
  const least = Math.max(...specs.map((spec) => updates({ ...spec, epochs })))
  const longer = specs.map((spec) => ({ ...spec, epochs: epochsFor(spec, least) }))
  const longest = longer.reduce((one, other) => (other.epochs > one.epochs ? other : one))
  const { allowed } = about.get(specFields.epochs)!
  if (allowed?.kind === 'whole' && longest.epochs > allowed.max)
    throw new InvalidQuery(422, [
      fieldError(
        'epochs',
        longest.epochs,
        `${least} updates with batchSize=${longest.batchSize} take ${longest.epochs} epochs, and ${allowed.max} are the most`,
      ),
    ])
  const complete = longer.map((spec) => completeSpec(spec))
  const share = shareOfBudget(complete)
  if (share > 1)
    throw new InvalidQuery(422, [
      fieldError('epochs', epochs, `together they are ${share.toPrecision(3)} times the budget`),
    ])
  return complete as unknown as Specs
}
