/**
 * The layer widths and parameter count of the network that a spec describes. This file contains only arithmetic, so
 * scripts that only train need not load schemas.
 */
import type { ExperimentSpec } from './spec.ts'

/** The fields that determine the shape of the network. */
type NetworkShape = Pick<ExperimentSpec, 'hiddenUnits' | 'classes'>

/** The number of units of each hidden layer; empty if there are none. */
export function hiddenLayers({ hiddenUnits }: Pick<ExperimentSpec, 'hiddenUnits'>): number[] {
  return hiddenUnits === 'none' ? [] : hiddenUnits.split('-').map(Number)
}

/** The widths of all layers, from the 2 inputs to the number of classes. */
export function layerWidths(shape: NetworkShape): number[] {
  return [2, ...hiddenLayers(shape), shape.classes]
}

/** The number of weights and biases. */
export function parameterCount(shape: NetworkShape): number {
  const widths = layerWidths(shape)
  return widths.slice(1).reduce((sum, width, layer) => sum + (widths[layer]! + 1) * width, 0)
}
