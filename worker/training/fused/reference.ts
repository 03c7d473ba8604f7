/**
 * The training, spelled out: the oracle that every engine is compared with. Plain loops in float64, one row at a time,
 * nothing clever. It is not fast, and it is not used outside the tests.
 *
 * Dimension letters: L = layers, I = inputs of a layer, O = outputs of a layer.
 */
import type { Rows, Split } from '#dataset/split.ts'
import type { Activation, ExperimentSpec } from '#experiment/spec.ts'

import type { Layer } from '../initializers.ts'
import type { Network, Score } from '../network.ts'

/** An activation and its derivative, the latter in terms of the activation's own value. */
const activations: Record<Activation, { of: (z: number) => number; slope: (a: number) => number }> = {
  relu: { of: (z) => Math.max(0, z), slope: (a) => (a > 0 ? 1 : 0) },
  tanh: { of: Math.tanh, slope: (a) => 1 - a * a },
  sigmoid: { of: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a) },
}

/** A layer's parameters [I][O] and [O], with a velocity and a gradient for each. */
interface State {
  weights: Float64Array
  biases: Float64Array
  weightVelocities: Float64Array
  biasVelocities: Float64Array
  weightGradients: Float64Array
  biasGradients: Float64Array
}

export class ReferenceNetwork implements Network {
  readonly #spec: ExperimentSpec
  readonly #layers: State[]
  readonly #split: Split
  #order: Uint32Array = new Uint32Array()

  constructor(spec: ExperimentSpec, initial: readonly Layer[], split: Split) {
    this.#spec = spec
    this.#split = split
    this.#layers = initial.map(({ weights, biases }) => ({
      weights: Float64Array.from(weights),
      biases: Float64Array.from(biases),
      weightVelocities: new Float64Array(weights.length),
      biasVelocities: new Float64Array(biases.length),
      weightGradients: new Float64Array(weights.length),
      biasGradients: new Float64Array(biases.length),
    }))
  }

  arrange(order: Uint32Array): void {
    this.#order = order
  }

  step(start: number, count: number): Score {
    const rows = this.#split.train
    const score: Score = { loss: 0, hits: 0 }
    for (const row of this.#order.subarray(start, start + count)) {
      const activities = this.#forward(rows, row)
      const { loss, isHit, delta } = softmax(activities.at(-1)!, rows.labels[row]!)
      score.loss += loss / count
      score.hits += isHit ? 1 : 0
      this.#backward(
        activities,
        delta.map((value) => value / count),
      )
    }
    this.#update()
    return score
  }

  evaluate(): { train: Score; test: Score } {
    const score = (rows: Rows): Score => {
      const total: Score = { loss: 0, hits: 0 }
      for (let row = 0; row < rows.count; row++) {
        const { loss, isHit } = softmax(this.#forward(rows, row).at(-1)!, rows.labels[row]!)
        total.loss += loss / rows.count
        total.hits += isHit ? 1 : 0
      }
      return total
    }
    return { train: score(this.#split.train), test: score(this.#split.test) }
  }

  parameters(): Float64Array[] {
    return this.#layers.flatMap(({ weights, biases }) => [weights, biases])
  }

  /** The inputs and each layer's outputs [L + 1][…]; the last are the logits. */
  #forward({ inputs }: Rows, row: number): Float64Array[] {
    const activities = [Float64Array.from(inputs.subarray(2 * row, 2 * row + 2))]
    this.#layers.forEach(({ weights, biases }, index) => {
      const isOutput = index === this.#layers.length - 1
      const before = activities[index]!
      activities.push(
        biases.map((bias, o) => {
          let sum = bias
          for (let i = 0; i < before.length; i++) sum += before[i]! * weights[i * biases.length + o]!
          return isOutput ? sum : activations[this.#spec.activation].of(sum)
        }),
      )
    })
    return activities
  }

  /** Adds one row's gradients. `delta` is the loss's derivative by the logits. */
  #backward(activities: Float64Array[], delta: Float64Array): void {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const { weights, weightGradients, biasGradients } = this.#layers[index]!
      const before = activities[index]!
      const next = new Float64Array(before.length)
      for (let o = 0; o < delta.length; o++) {
        biasGradients[o]! += delta[o]!
        for (let i = 0; i < before.length; i++) {
          weightGradients[i * delta.length + o]! += before[i]! * delta[o]!
          next[i]! += weights[i * delta.length + o]! * delta[o]!
        }
      }
      delta = next.map((value, i) => value * activations[this.#spec.activation].slope(before[i]!))
    }
  }

  /** v = momentum·v − learningRate·g; w += v. Clears the gradients. */
  #update(): void {
    const { momentum, learningRate } = this.#spec
    const move = (values: Float64Array, velocities: Float64Array, gradients: Float64Array) => {
      for (let i = 0; i < values.length; i++) {
        velocities[i] = momentum * velocities[i]! - learningRate * gradients[i]!
        values[i]! += velocities[i]!
      }
      gradients.fill(0)
    }
    for (const layer of this.#layers) {
      move(layer.weights, layer.weightVelocities, layer.weightGradients)
      move(layer.biases, layer.biasVelocities, layer.biasGradients)
    }
  }
}

/** Softmax cross-entropy by log-sum-exp, its derivative by the logits, and whether the largest is the label's. */
function softmax(logits: Float64Array, label: number): { loss: number; isHit: boolean; delta: Float64Array } {
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return {
    loss: Math.log(sum) - (logits[label]! - largest),
    isHit: logits.indexOf(largest) === label,
    delta: powers.map((power, index) => power / sum - (index === label ? 1 : 0)),
  }
}
