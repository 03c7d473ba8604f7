/**
 * How the network of a spec is built. Nothing but arithmetic, for whoever only trains.
 */
import type { ExperimentSpec } from './spec.ts'

/** The fields of a spec that shape its network. */
type NetworkShape = Pick<ExperimentSpec, 'hiddenUnits' | 'classes'>

/** Units of each hidden layer; empty without hidden layers. */
export function hiddenLayers({ hiddenUnits }: Pick<ExperimentSpec, 'hiddenUnits'>): number[] {
  return hiddenUnits === 'none' ? [] : hiddenUnits.split('-').map(Number)
}

/** Widths of all layers, from the 2 inputs to the classes. */
export function layerWidths(shape: NetworkShape): number[] {
  return [2, ...hiddenLayers(shape), shape.classes]
}

/** Weights and biases of the network. */
export function parameterCount(shape: NetworkShape): number {
  const widths = layerWidths(shape)
  return widths.slice(1).reduce((sum, width, layer) => sum + (widths[layer]! + 1) * width, 0)
}
