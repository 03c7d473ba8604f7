/**
 * What charts read of a dataset with any number of features: where its examples lie in the plane, and the names of its
 * features and classes.
 */
import { percent } from '../text/format.ts'
import { coordinatesOf, principalComponents } from './principal-components.ts'

/** The examples of a dataset. N = examples, F = features. */
export interface LabeledExamples {
  /** The features in their own units, [N][F]. */
  points: readonly (readonly number[])[]
  /** The class of each example, [N]. */
  labels: readonly number[]
  /** So many examples, from the first, train; the rest test. */
  trainExamples: number
  featureNames?: readonly string[] | undefined
  classNames?: readonly string[] | undefined
  /** What the network sees, scaled, [N][inputs]. */
  inputs?: readonly (readonly number[])[] | undefined
}

/** The position of an example in the plane. */
export type PlotPoint = readonly [x: number, y: number]

/** The names of a number of classes. Where they are numbers, as those of generated data are: `class 0` and so on. */
export function classNamesOf({ classNames }: Pick<LabeledExamples, 'classNames'>, classes: number): readonly string[] {
  return Array.from({ length: classes }, (_, label) => {
    const name = classNames?.[label] ?? String(label)
    return /^\d+$/.test(name) ? `class ${name}` : name
  })
}

/** A class in a sentence: `class rain`, `class 0`. */
export function classInWords({ classNames }: Pick<LabeledExamples, 'classNames'>, label: number): string {
  return `class ${classNames?.[label] ?? label}`
}

/** Whether the examples lie in a plane by themselves. */
export function isPlanar({ points }: Pick<LabeledExamples, 'points'>): boolean {
  return (points[0]?.length ?? 2) === 2
}

/** The name of a feature. */
export function featureName({ featureNames, points }: LabeledExamples, feature: number): string {
  const ofPlane = isPlanar({ points }) ? ['x', 'y'][feature] : undefined
  return featureNames?.[feature] ?? ofPlane ?? `feature ${feature + 1}`
}

/** The examples of a dataset in a plane. */
export interface PlaneExamples extends Omit<LabeledExamples, 'points'> {
  points: readonly PlotPoint[]
  /** The titles of both axes. */
  titles: readonly [x: string, y: string]
}

const known = new WeakMap<LabeledExamples, PlaneExamples>()

/**
 * The examples of a dataset in a plane: its two features, or the first two principal components of the scaled training
 * examples.
 */
export function planeExamples(data: LabeledExamples): PlaneExamples {
  const placed = known.get(data) ?? place(data)
  known.set(data, placed)
  return placed
}

function place(data: LabeledExamples): PlaneExamples {
  const { points, inputs = points, trainExamples } = data
  if (isPlanar(data))
    return { ...data, points: points as PlaneExamples['points'], titles: [featureName(data, 0), featureName(data, 1)] }
  const components = principalComponents(inputs.slice(0, trainExamples), 2)
  const title = (component: 0 | 1) =>
    `component ${component + 1} (${percent(components.shares[component])} of the variance)`
  return {
    ...data,
    points: inputs.map((row) => coordinatesOf(components, row) as unknown as PlotPoint),
    titles: [title(0), title(1)],
  }
}
