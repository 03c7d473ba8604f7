/** The view: how a result is shown, which the reader can switch without changing the experiment. */
import type { Metric } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updatesAfter } from '#experiment/spec/training-size.ts'

/** The choices of each switch; the first is the default. */
export const viewChoices = {
  metric: ['accuracy', 'loss'],
  axis: ['epochs', 'updates'],
  /**
   * Train metrics evaluated after an epoch like the test metrics, or running averages over its batches as Keras logs
   * them.
   */
  train: ['evaluated', 'running'],
  /** Every run, faintly behind the mean, or only the first run. */
  runs: ['all', 'first'],
  /** The quantity in the cells of a map. */
  value: ['instability', 'testAccuracy', 'testLoss', 'epochsTo80'],
} as const

/** The keys of a view that affect learning curves. */
export const curveSwitches = ['metric', 'axis', 'train', 'runs'] as const satisfies (keyof typeof viewChoices)[]

export type View = { [Key in keyof typeof viewChoices]: (typeof viewChoices)[Key][number] }

/** A view with its defaults filled in. */
export function completeView(given: Partial<View> = {}): View {
  const { metric = 'accuracy', axis = 'epochs', train = 'evaluated', runs = 'all', value = 'instability' } = given
  return { metric, axis, train, runs, value }
}

/** The choices in which a view differs from another one, as keys and values of a query. */
export function viewChanges(view: View, from = completeView()): [key: keyof View, choice: string][] {
  const keys = Object.keys(viewChoices) as (keyof View)[]
  return keys.filter((key) => view[key] !== from[key]).map((key) => [key, view[key]])
}

/** The lines of a view, from back to front. */
export function linesOf({ metric, train }: View): { name: 'train' | 'test'; metric: Metric }[] {
  const isLoss = metric === 'loss'
  const evaluated = isLoss ? 'trainLoss' : 'trainAccuracy'
  const running = isLoss ? 'runningLoss' : 'runningAccuracy'
  return [
    { name: 'train', metric: train === 'running' ? running : evaluated },
    { name: 'test', metric: isLoss ? 'testLoss' : 'testAccuracy' },
  ]
}

/** The position of an epoch's end on the axis: its number, or the number of updates up to it. */
export function positionOfEpoch(spec: ExperimentSpec, { axis }: View, epoch: number): number {
  return axis === 'updates' ? updatesAfter(spec, epoch) : epoch
}

/** The epoch at a position of the axis, as a real number. */
export function epochAtPosition(spec: ExperimentSpec, { axis }: View, place: number): number {
  return axis === 'updates' ? epochsAfter(spec, place) : place
}
