/**
 * How a result is shown: what the reader can switch. None of it changes the experiment.
 */
import type { Metric } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updatesAfter } from '#experiment/spec/training-size.ts'

/** The choices of each switch; the first is the default. */
export const viewChoices = {
  metric: ['accuracy', 'loss'],
  axis: ['epochs', 'updates'],
  /** Train metrics evaluated after an epoch as the test's are, or running over its batches as Keras logs them. */
  train: ['evaluated', 'running'],
  /** Every run faintly behind the mean, or the first run alone. */
  runs: ['all', 'first'],
  /** What the cells of a map show. */
  value: ['instability', 'testAccuracy', 'testLoss', 'epochsTo80'],
} as const

/** What of a view changes curves. */
export const curveSwitches = ['metric', 'axis', 'train', 'runs'] as const satisfies (keyof typeof viewChoices)[]

export type View = { [Key in keyof typeof viewChoices]: (typeof viewChoices)[Key][number] }

/** A view with its defaults filled in. */
export function completeView(given: Partial<View> = {}): View {
  const { metric = 'accuracy', axis = 'epochs', train = 'evaluated', runs = 'all', value = 'instability' } = given
  return { metric, axis, train, runs, value }
}

/** The choices in which a view differs from another one, as the keys and texts of a query. */
export function viewChanges(view: View, from = completeView()): [key: keyof View, choice: string][] {
  const keys = Object.keys(viewChoices) as (keyof View)[]
  return keys.filter((key) => view[key] !== from[key]).map((key) => [key, view[key]])
}

/** The lines of a view, from the back to the front. */
export function linesOf({ metric, train }: View): { name: 'train' | 'test'; metric: Metric }[] {
  const isLoss = metric === 'loss'
  const evaluated = isLoss ? 'trainLoss' : 'trainAccuracy'
  const running = isLoss ? 'runningLoss' : 'runningAccuracy'
  return [
    { name: 'train', metric: train === 'running' ? running : evaluated },
    { name: 'test', metric: isLoss ? 'testLoss' : 'testAccuracy' },
  ]
}

/** How far along the axis an epoch's end is: its number, or the updates up to it. */
export function placeOfEpoch(spec: ExperimentSpec, { axis }: View, epoch: number): number {
  return axis === 'updates' ? updatesAfter(spec, epoch) : epoch
}

/** The epoch, in whole and parts, at a place of the axis. */
export function epochAtPlace(spec: ExperimentSpec, { axis }: View, place: number): number {
  return axis === 'updates' ? epochsAfter(spec, place) : place
}
