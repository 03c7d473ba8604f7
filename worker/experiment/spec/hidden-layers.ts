/**
 * The layer widths and parameter count of the network that a spec describes. This file contains only arithmetic, so
 * scripts that only train need not load schemas.
 */
import { limitsOf } from '#methods/datasets.ts'
import { planeFeaturesOf } from '#methods/plane-features.ts'

import type { ExperimentSpec } from './spec.ts'

/** The fields that determine the shape of the network. */
type NetworkShape = Pick<ExperimentSpec, 'dataset' | 'data' | 'features' | 'hiddenUnits' | 'classes'>

/** The number of inputs of the network: the chosen features of a point in the plane, or the columns of a table. */
export function inputCount(spec: Pick<ExperimentSpec, 'dataset' | 'data' | 'features'>): number {
  const { features } = limitsOf(spec)
  return features === 2 ? planeFeaturesOf(spec.features).length : features
}

/** The number of units of each hidden layer; empty if there are none. */
export function hiddenLayers({ hiddenUnits }: Pick<ExperimentSpec, 'hiddenUnits'>): number[] {
  return hiddenUnits === 'none' ? [] : hiddenUnits.split('-').map(Number)
}

/**
 * The widths of all layers, from the inputs to the number of classes.
 *
 * @param inputs the inputs of the network, if they are not those of the spec's dataset
 */
export function layerWidths(shape: NetworkShape, inputs = inputCount(shape)): number[] {
  return [inputs, ...hiddenLayers(shape), shape.classes]
}

/** The number of weights and biases; `inputs` as in `layerWidths`. */
export function parameterCount(shape: NetworkShape, inputs = inputCount(shape)): number {
  const widths = layerWidths(shape, inputs)
  return widths.slice(1).reduce((sum, width, layer) => sum + (widths[layer]! + 1) * width, 0)
}
