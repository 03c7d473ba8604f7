/**
 * The layer widths and parameter count of the network that a spec describes. This file contains only arithmetic, so
 * scripts that only train need not load schemas.
 */
import { datasets } from '#methods/datasets.ts'
import { planeFeaturesOf } from '#methods/plane-features.ts'

import type { ExperimentSpec } from './spec.ts'

/** The fields that determine the shape of the network. */
type NetworkShape = Pick<ExperimentSpec, 'dataset' | 'features' | 'hiddenUnits' | 'classes'>

/** The number of inputs of the network: the chosen features of a point in the plane, or the columns of a table. */
export function inputCount({ dataset, features }: Pick<ExperimentSpec, 'dataset' | 'features'>): number {
  return datasets[dataset].features === 2 ? planeFeaturesOf(features).length : datasets[dataset].features
}

/** The number of units of each hidden layer; empty if there are none. */
export function hiddenLayers({ hiddenUnits }: Pick<ExperimentSpec, 'hiddenUnits'>): number[] {
  return hiddenUnits === 'none' ? [] : hiddenUnits.split('-').map(Number)
}

/** The widths of all layers, from the inputs to the number of classes. */
export function layerWidths(shape: NetworkShape): number[] {
  return [inputCount(shape), ...hiddenLayers(shape), shape.classes]
}

/** The number of weights and biases. */
export function parameterCount(shape: NetworkShape): number {
  const widths = layerWidths(shape)
  return widths.slice(1).reduce((sum, width, layer) => sum + (widths[layer]! + 1) * width, 0)
}
