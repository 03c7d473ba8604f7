/**
 * What is done to the features before training, by name. `standard` subtracts the mean of the training examples and
 * divides by their standard deviation, as scikit-learn's `StandardScaler` does.
 */
import { namesOf } from './names.ts'

export const scalings = { none: { title: 'none' }, standard: { title: 'standardized' } } as const satisfies Record<
  string,
  { title: string }
>

export type ScalingName = keyof typeof scalings
/** The names; the first is the default of generated data. */
export const scalingNames = namesOf(scalings)
