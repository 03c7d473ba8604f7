/** The view of a network: its units, what they respond to, and their weights. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { inputsOf } from '#datasets/inputs.ts'
import { datasetOf, splitOf } from '#datasets/split.ts'
import { gridOver, gridPoints } from '#experiment/result/grid.ts'
import { isInPlane } from '#experiment/spec/data-kind.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { initialLayers, type Layer } from '#training/initializers.ts'
import { chooseUnits, networkView } from '#training/network-view.ts'

import { smallSpec } from '../../support/small-spec.ts'

const viewOf = (spec: ExperimentSpec, layers: Layer[]) =>
  networkView(spec, datasetOf(spec), layers, chooseUnits(layers))

/** The network of a spec after some updates, as the kernel has it. */
function trained(spec: ExperimentSpec, steps: number): FusedNetwork {
  const network = new FusedNetwork(spec, splitOf(spec))
  network.begin(spec.seed)
  network.advance(steps)
  return network
}

describe('the view of a network in the plane', () => {
  it('has the kernel’s probabilities in the pictures of the classes, from the top row down', () => {
    fc.assert(
      fc.property(smallSpec.filter(isInPlane), fc.integer({ min: 0, max: 40 }), (given, steps) => {
        const spec: ExperimentSpec = { ...given, averaging: 'none' }
        const network = trained(spec, steps)
        const { layers, pictures } = viewOf(spec, network.parameters)
        const grid = { ...gridOver(datasetOf(spec).coordinates), columns: 16, rows: 16 }
        const { classes, confidences } = network.predict(inputsOf(datasetOf(spec), gridPoints(grid)))
        network.dispose()
        expect(pictures).toBe('responses')
        const shown = layers.at(-1)!.shown
        expect(shown).toHaveLength(spec.classes)
        for (let cell = 0; cell < 256; cell++) {
          const fromTop = (15 - Math.floor(cell / 16)) * 16 + (cell % 16)
          const probability = shown[classes[cell]!]!.picture!.values[fromTop]!
          expect(Math.abs(255 * probability - confidences[cell]!)).toBeLessThan(1)
        }
      }),
      { numRuns: 50 },
    )
  }, 60_000)

  it('has the responses of hidden units as shares of the largest', () => {
    const spec = completeSpec({ hiddenUnits: '6-5', activation: 'tanh', features: 'x-y-x2' })
    const { layers } = viewOf(spec, initialLayers(spec, 3, 3))
    expect(layers.map(({ kind, units, shown }) => [kind, units, shown.length])).toEqual([
      ['input', 3, 3],
      ['hidden', 6, 6],
      ['hidden', 5, 5],
      ['output', 3, 3],
    ])
    expect(layers[0]!.shown.map(({ name, bias }) => [name, bias])).toEqual([
      ['x', null],
      ['y', null],
      ['x2', null],
    ])
    for (const { picture } of layers[1]!.shown) {
      expect(Math.max(...picture!.values.map(Math.abs))).toBeCloseTo(1, 10)
      expect(picture!.largest).toBeLessThanOrEqual(1)
      expect(picture!.values).toHaveLength(256)
    }
    // x grows to the right, and y to the top.
    const [x, y] = layers[0]!.shown.map(({ picture }) => picture!.values)
    expect(x![0]).toBeLessThan(x![15]!)
    expect(y![0]).toBeGreaterThan(y![240]!)
  })
})

describe('the units that are shown', () => {
  const spec = completeSpec({ hiddenUnits: '20-10' })
  const layers = initialLayers(spec, 1, 2)

  it('are those with the largest outgoing weights, in their order', () => {
    const [inputs, first, second, classes] = chooseUnits(layers)
    expect([inputs, classes]).toEqual([
      [0, 1],
      [0, 1, 2],
    ])
    const normOf = (layer: Layer, unit: number) =>
      Math.hypot(...layer.weights.subarray(unit * layer.biases.length, (unit + 1) * layer.biases.length))
    for (const [units, layer] of [
      [first!, layers[1]!],
      [second!, layers[2]!],
    ] as const) {
      expect(units).toHaveLength(8)
      expect(units).toEqual([...units].sort((a, b) => a - b))
      const all = Array.from({ length: layer.weights.length / layer.biases.length }, (_, unit) => unit)
      const hidden = all.filter((unit) => !units.includes(unit)).map((unit) => normOf(layer, unit))
      expect(Math.min(...units.map((unit) => normOf(layer, unit)))).toBeGreaterThanOrEqual(Math.max(...hidden))
    }
  })

  it('have the weights between them, and the strongest of all', () => {
    const chosen = chooseUnits(layers)
    const view = viewOf(spec, layers)
    const [, first, second] = view.layers
    second!.shown.forEach(({ index, bias, strongestIn, strongestOut }, at) => {
      const incoming = Array.from({ length: 20 }, (_, from) => layers[1]!.weights[from * 10 + index]!)
      expect(second!.weights[at]).toEqual(chosen[1]!.map((from) => incoming[from]))
      expect(bias).toBe(layers[1]!.biases[index])
      const largest = Math.max(...incoming.map(Math.abs))
      expect(Math.abs(strongestIn!.weight)).toBe(largest)
      expect(strongestIn!.name).toBe(`unit ${incoming.findIndex((weight) => Math.abs(weight) === largest) + 1}`)
      expect(strongestOut!.name).toMatch(/^class [012]$/)
    })
    expect(first!.shown[0]!.strongestIn!.name).toMatch(/^[xy]$/)
  })
})

describe('the view of a network for tables', () => {
  it('shows the weights of pixels in the pictures of the first layer', () => {
    const spec = completeSpec({ dataset: 'digits', hiddenUnits: '12-6' })
    const layers = initialLayers(spec, 1, 64)
    const view = viewOf(spec, layers)
    expect(view.pictures).toBe('pixels')
    expect(view.layers.map(({ units, shown }) => [units, shown.length])).toEqual([
      [64, 0],
      [12, 8],
      [6, 6],
      [10, 10],
    ])
    const [unit] = view.layers[1]!.shown
    const weights = Array.from({ length: 64 }, (_, pixel) => layers[0]!.weights[pixel * 12 + unit!.index]!)
    const largest = Math.max(...weights.map(Math.abs))
    expect(unit!.picture!.values).toEqual(weights.map((weight) => weight / largest))
    expect(view.layers[2]!.shown.every(({ picture }) => picture === null)).toBe(true)
    expect(view.layers[2]!.weights[0]).toHaveLength(8)
  })

  it('shows units as discs where features are no pixels', () => {
    const spec = completeSpec({ dataset: 'penguins', hiddenUnits: 'none' })
    const view = viewOf(spec, initialLayers(spec, 1, 4))
    expect(view.pictures).toBe('none')
    expect(view.layers.map(({ kind, shown }) => [kind, shown.length])).toEqual([
      ['input', 4],
      ['output', 3],
    ])
    expect(view.layers[1]!.shown.map(({ name }) => name)).toEqual(['class Adelie', 'class Chinstrap', 'class Gentoo'])
  })
})
