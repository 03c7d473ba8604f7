/**
 * Makes the view of a network from its parameters: chooses the units that are shown, and computes what each responds to
 * in plain loops. These numbers are only drawn.
 *
 * Dimension letters: U = units of a layer, C = cells of a picture.
 */
import type { Dataset } from '#datasets/dataset.ts'
import { inputsOf } from '#datasets/inputs.ts'
import { gridOver, gridPoints } from '#experiment/result/grid.ts'
import type { Connection, NetworkView, ShownLayer, ShownUnit, UnitPicture } from '#experiment/result/network-view.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { planeFeaturesOf } from '#methods/plane-features.ts'

import type { Layer } from './initializers.ts'

/** The most units that are shown of a layer. */
const mostUnits = 8
/** Cells along an edge of the picture of a unit's responses. */
const cells = 16
/** Pixels along an edge of the examples that are pictures, and their highest level. */
const [pixels, highestLevel] = [8, 16]

const activate: Readonly<Record<ExperimentSpec['activation'], (sum: number) => number>> = {
  relu: (sum) => Math.max(0, sum),
  tanh: (sum) => Math.tanh(sum),
  sigmoid: (sum) => 1 / (1 + Math.exp(-sum)),
}

/**
 * The units of each layer, inputs included, that are shown: all, or those with the largest outgoing weights (by their
 * Euclidean norm), in ascending order. All classes are shown.
 */
export function chooseUnits(layers: readonly Layer[]): number[][] {
  const chosen = layers.map(({ weights, biases }) => {
    const width = biases.length
    const norms = Array.from({ length: weights.length / width }, (_, unit) => {
      let sum = 0
      for (let to = 0; to < width; to++) sum += weights[unit * width + to]! ** 2
      return sum
    })
    const order = norms.map((_, unit) => unit).sort((a, b) => norms[b]! - norms[a]! || a - b)
    return order.slice(0, mostUnits).sort((a, b) => a - b)
  })
  return [...chosen, Array.from(layers.at(-1)!.biases, (_, unit) => unit)]
}

/**
 * The view of a network.
 *
 * @param layers the parameters of its layers, from the first hidden one to the classes
 * @param chosen the units that are shown, by layer; see {@link chooseUnits}
 */
export function networkView(
  spec: Pick<ExperimentSpec, 'activation'>,
  dataset: Dataset,
  layers: readonly Layer[],
  chosen: readonly (readonly number[])[],
): NetworkView {
  const pictures = picturesOf(dataset)
  const responses = pictures === 'responses' ? responsesOf(spec, dataset, layers) : undefined
  const names = namesOf(dataset, layers)
  const shownLayer = (shown: readonly number[], index: number): ShownLayer => {
    const incoming = layers[index - 1]
    const outgoing = layers[index]
    const isLast = index === layers.length
    const unitOf = (unit: number): ShownUnit => ({
      index: unit,
      name: names[index]![unit]!,
      bias: incoming ? incoming.biases[unit]! : null,
      strongestIn: incoming ? strongest(weightsTo(incoming, unit), names[index - 1]!) : null,
      strongestOut: outgoing ? strongest(weightsFrom(outgoing, unit), names[index + 1]!) : null,
      picture: responses
        ? pictureOf(responses[index]![unit]!, isLast)
        : pictures === 'pixels' && index === 1
          ? pictureOf(weightsTo(layers[0]!, unit), false)
          : null,
    })
    return {
      kind: index === 0 ? 'input' : isLast ? 'output' : 'hidden',
      units: names[index]!.length,
      shown: shown.map(unitOf),
      weights: incoming
        ? shown.map((unit) => chosen[index - 1]!.map((from) => weightsTo(incoming, unit)[from]!))
        : shown.map(() => []),
    }
  }
  const all = chosen.map(shownLayer)
  // Pixels are not units that one can tell apart: they are in the pictures of the first layer.
  if (pictures === 'pixels') {
    all[0] = { ...all[0]!, shown: [], weights: [] }
    all[1] = { ...all[1]!, weights: all[1]!.shown.map(() => []) }
  }
  return { layers: all, pictures }
}

/** What can be drawn of units. */
function picturesOf({ coordinates, featureNames }: Dataset): NetworkView['pictures'] {
  if (featureNames.length === 2) return 'responses'
  const isLevel = (value: number) => Number.isInteger(value) && value >= 0 && value <= highestLevel
  return featureNames.length === pixels * pixels && coordinates.every(isLevel) ? 'pixels' : 'none'
}

/** The names of the units of each layer. */
function namesOf({ featureNames, features, classNames }: Dataset, layers: readonly Layer[]): string[][] {
  const inputs = featureNames.length === 2 ? planeFeaturesOf(features) : featureNames
  return [
    [...inputs],
    ...layers.map(({ biases }, index) =>
      Array.from(biases, (_, unit) =>
        index === layers.length - 1 ? `class ${classNames[unit] ?? unit}` : `unit ${unit + 1}`,
      ),
    ),
  ]
}

/** The weights to a unit from all units before it. */
function weightsTo({ weights, biases: { length: width } }: Layer, unit: number): number[] {
  return Array.from({ length: weights.length / width }, (_, from) => weights[from * width + unit]!)
}

/** The weights from a unit to all units after it. */
function weightsFrom({ weights, biases: { length: width } }: Layer, unit: number): number[] {
  return Array.from(weights.subarray(unit * width, (unit + 1) * width))
}

function strongest(weights: readonly number[], names: readonly string[]): Connection {
  const sizes = weights.map(Math.abs)
  const at = sizes.indexOf(Math.max(...sizes))
  return { name: names[at] ?? names[0]!, weight: weights[at] ?? NaN }
}

/** A picture of values; of all but probabilities as shares of the largest. */
function pictureOf(values: readonly number[], isProbability: boolean): UnitPicture {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const scale = isProbability ? 1 : largest || 1
  return { values: values.map((value) => value / scale), largest }
}

/** The responses of all units of all layers to points all over the plane, [layers][U][C], row by row from the top. */
function responsesOf(
  { activation }: Pick<ExperimentSpec, 'activation'>,
  dataset: Dataset,
  layers: readonly Layer[],
): number[][][] {
  const grid = { ...gridOver(dataset.coordinates), columns: cells, rows: cells }
  const inputs = inputsOf(dataset, gridPoints(grid))
  const width = inputs.length / cells ** 2
  const widths = [width, ...layers.map(({ biases }) => biases.length)]
  const all = widths.map((units) => Array.from({ length: units }, (): number[] => []))
  for (let row = cells - 1; row >= 0; row--)
    for (let column = 0; column < cells; column++) {
      const point = (row * cells + column) * width
      let values: number[] = Array.from(inputs.subarray(point, point + width))
      values.forEach((value, unit) => all[0]![unit]!.push(value))
      layers.forEach((layer, index) => {
        const sums = Array.from(layer.biases)
        values.forEach((value, from) => {
          for (let unit = 0; unit < sums.length; unit++)
            sums[unit]! += value * layer.weights[from * sums.length + unit]!
        })
        values = index === layers.length - 1 ? softmax(sums) : sums.map(activate[activation])
        values.forEach((value, unit) => all[index + 1]![unit]!.push(value))
      })
    }
  return all
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}
