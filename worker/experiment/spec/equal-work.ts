/**
 * What the experiments of a sweep have alike: their epochs, or their updates. In as many epochs a small batch makes many
 * more updates than a large one, so what a batch size does and what more updates do come out together; with equal updates
 * each experiment trains for as many epochs as its updates take.
 */
import { largestThat } from './binary-search.ts'
import { shareOfBudget } from './budget.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { about, choice } from './fields.ts'
import { completeSpec, specFields, type ExperimentSpec } from './spec.ts'
import { updates } from './training-size.ts'

export const equalities = ['epochs', 'updates'] as const
export type Equality = (typeof equalities)[number]
/** The key of a query that says which. */
export const equalField = choice('quantity that all experiments have alike', equalities)

/** The fewest epochs in which a run makes at least so many updates. */
function epochsFor(spec: ExperimentSpec, least: number): number {
  // Every epoch has at least one.
  return largestThat(0, least, (epochs) => updates({ ...spec, epochs }) < least) + 1
}

/**
 * Experiments that all make the updates of the one that makes the most in the epochs asked for, rounded up to whole
 * epochs; all within one budget.
 *
 * @param specs that have the same epochs
 * @throws InvalidQuery that says in how many epochs fewer this could be, and which experiment stands in the way
 */
export function withEqualUpdates<Specs extends readonly ExperimentSpec[]>(specs: Specs): Specs {
  const asked = specs[0]?.epochs ?? 1
  try {
    return lengthened(specs, asked)
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error
    const why = error.errors.map(({ expected }) => expected).join('; ')
    const most = largestThat(0, asked, (epochs) => epochs === 0 || isPossible(specs, epochs))
    throw new InvalidQuery(422, [
      most > 0
        ? fieldError('epochs', asked, `at most ${most} with equal=updates: ${why}`)
        : fieldError('equal', 'updates', `epochs, since updates would be too many whatever the epochs: ${why}`),
    ])
  }
}

function isPossible(specs: readonly ExperimentSpec[], epochs: number): boolean {
  try {
    lengthened(specs, epochs)
    return true
  } catch (error) {
    if (error instanceof InvalidQuery) return false
    throw error
  }
}

/** The experiments with the updates that the most active of them makes in so many epochs. */
function lengthened<Specs extends readonly ExperimentSpec[]>(specs: Specs, epochs: number): Specs {
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
