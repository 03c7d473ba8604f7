/**
 * The inputs of the network, computed from the coordinates of examples: scaled by the moments of the training examples,
 * and in the plane the chosen features. Training and test examples, fresh examples and the points of a boundary all go
 * this way.
 */
import { planeFeaturesOf, type PlaneFeature } from '#methods/plane-features.ts'

import type { Dataset } from './dataset.ts'
import { scaled } from './scaling.ts'
import { sine } from './sine.ts'

/** Each feature of a point in the plane, in float64. */
const featureOf: Readonly<Record<PlaneFeature, (x: number, y: number) => number>> = {
  x: (x) => x,
  y: (_, y) => y,
  x2: (x) => x * x,
  y2: (_, y) => y * y,
  xy: (x, y) => x * y,
  sinx: (x) => sine(x),
  siny: (_, y) => sine(y),
}

/**
 * The network's inputs for some coordinates, [n][inputs], as float32 like every input of an engine.
 *
 * @param coordinates [n][features], in the units of the dataset
 */
export function inputsOf(
  { moments, features }: Pick<Dataset, 'moments' | 'features'>,
  coordinates: Float64Array<ArrayBuffer>,
): Float32Array<ArrayBuffer> {
  const values = moments ? scaled(coordinates, moments) : coordinates
  if (features === 'x-y') return Float32Array.from(values)
  const functions = planeFeaturesOf(features).map((name) => featureOf[name])
  const inputs = new Float32Array((values.length / 2) * functions.length)
  for (let point = 0; point < values.length / 2; point++)
    functions.forEach((compute, index) => {
      inputs[point * functions.length + index] = compute(values[2 * point]!, values[2 * point + 1]!)
    })
  return inputs
}
