/** The initial parameters of a run, drawn from its seed and identical for every engine. */
import { inputCount, layerWidths } from '#experiment/spec/hidden-layers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { initializers } from '#methods/initializers.ts'

import { Random } from './random.ts'

/** The parameters of one dense layer. */
export interface Layer {
  /** Weights [in][out]. */
  weights: Float32Array<ArrayBuffer>
  /** Biases [out]. */
  biases: Float32Array<ArrayBuffer>
}

/**
 * Draws uniform weights within ±limit and sets biases to 0, layer by layer. Hidden layers use the spec's initializer;
 * the output layer always uses Glorot's, which is Keras's default.
 *
 * @param inputs the inputs of the network, if they are not those of the spec's dataset
 */
export function initialLayers(spec: ExperimentSpec, seed: number, inputs = inputCount(spec)): Layer[] {
  const random = new Random(seed, 'weights')
  const widths = layerWidths(spec, inputs)
  return widths.slice(1).map((fanOut, index) => {
    const fanIn = widths[index]!
    const isOutput = index === widths.length - 2
    const limit = initializers[isOutput ? 'glorotUniform' : spec.initializer].limit(fanIn, fanOut)
    return {
      weights: Float32Array.from({ length: fanIn * fanOut }, () => (2 * random.unit() - 1) * limit),
      biases: new Float32Array(fanOut),
    }
  })
}
