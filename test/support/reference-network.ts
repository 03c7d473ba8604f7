/**
 * The training in plain float64 loops, one row at a time: the reference that every engine is compared with. It is written
 * to be read, not to be fast.
 *
 * Dimension letters: L = layers, I = inputs of a layer, O = outputs of a layer.
 */
import type { Rows, Split } from '#datasets/split.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Layer } from '#training/initializers.ts'
import type { Network, Score } from '#training/network.ts'

import { optimizerSteps, referenceActivations, type Moments } from './reference-rules.ts'

/** Parameters of one kind, [I][O] or [O], with a gradient, the moments of the optimizer, and an average for each. */
interface Values extends Moments {
  current: Float64Array
  gradients: Float64Array
  averages: Float64Array
  /** Weights shrink, biases do not. */
  decays: boolean
}

/** The parameters of a layer. */
interface State {
  weights: Values
  biases: Values
}

function valuesOf(initial: ArrayLike<number>, decays: boolean): Values {
  const zeros = () => new Float64Array(initial.length)
  return {
    current: Float64Array.from(initial),
    gradients: zeros(),
    velocities: zeros(),
    squares: zeros(),
    averages: zeros(),
    decays,
  }
}

export class ReferenceNetwork implements Network {
  protected readonly spec: ExperimentSpec
  protected readonly layers: State[]
  protected readonly split: Split
  protected order: Uint32Array = new Uint32Array()
  protected updates = 0
  #hasAverage = false

  constructor(spec: ExperimentSpec, initial: readonly Layer[], split: Split) {
    this.spec = spec
    this.split = split
    this.layers = initial.map(({ weights, biases }) => ({
      weights: valuesOf(weights, true),
      biases: valuesOf(biases, false),
    }))
  }

  arrange(order: Uint32Array): void {
    this.order = order
  }

  step(start: number, count: number, learningRate: number, divisor = count): Score {
    const rows = this.split.train
    const score: Score = { loss: 0, hits: 0 }
    for (const row of this.order.subarray(start, start + count)) {
      const activities = this.#forward(rows, row)
      const { loss, isHit, delta } = softmax(activities.at(-1)!, rows.labels[row]!)
      score.loss += loss / count
      score.hits += isHit ? 1 : 0
      this.#backward(
        activities,
        delta.map((value) => this.rounded(value) / divisor),
      )
    }
    this.updates++
    for (const values of this.#all()) this.#update(values, learningRate)
    return score
  }

  /** A unit's activity, or the loss's derivative by a logit, as it goes on: a test may want it less exact. */
  protected rounded(value: number): number {
    return value
  }

  average(share: number): void {
    this.#hasAverage = true
    for (const { averages, current } of this.#all())
      for (let i = 0; i < current.length; i++) averages[i]! += share * (current[i]! - averages[i]!)
  }

  evaluate(): { train: Score; test: Score } {
    const score = (rows: Rows): Score => {
      const total: Score = { loss: 0, hits: 0 }
      for (let row = 0; row < rows.count; row++) {
        const { loss, isHit } = softmax(this.#forward(rows, row, this.#hasAverage).at(-1)!, rows.labels[row]!)
        total.loss += loss / rows.count
        total.hits += isHit ? 1 : 0
      }
      return total
    }
    return { train: score(this.split.train), test: score(this.split.test) }
  }

  /** The probabilities of the classes for each row [R][C], with the parameters that are evaluated. */
  probabilities(rows: Rows): Float64Array[] {
    return Array.from(
      { length: rows.count },
      (_, row) => softmax(this.#forward(rows, row, this.#hasAverage).at(-1)!, 0).probabilities,
    )
  }

  parameters(): Float64Array[] {
    return this.#all().map(({ current }) => current)
  }

  #all(): Values[] {
    return this.layers.flatMap(({ weights, biases }) => [weights, biases])
  }

  /** The inputs and each layer's outputs [L + 1][…]; the last are the logits. */
  #forward({ features, inputs }: Rows, row: number, byAverage = false): Float64Array[] {
    const activities = [Float64Array.from(inputs.subarray(features * row, features * (row + 1)))]
    const valuesIn = ({ averages, current }: Values) => (byAverage ? averages : current)
    this.layers.forEach((layer, index) => {
      const weights = valuesIn(layer.weights)
      const biases = valuesIn(layer.biases)
      const isOutput = index === this.layers.length - 1
      const before = activities[index]!
      activities.push(
        biases.map((bias, o) => {
          let sum = bias
          for (let i = 0; i < before.length; i++) sum += before[i]! * weights[i * biases.length + o]!
          return isOutput ? sum : this.rounded(referenceActivations[this.spec.activation].value(sum))
        }),
      )
    })
    return activities
  }

  /** Adds one row's gradients. `delta` is the loss's derivative by the logits. */
  #backward(activities: Float64Array[], delta: Float64Array): void {
    for (let index = this.layers.length - 1; index >= 0; index--) {
      const { weights, biases } = this.layers[index]!
      const before = activities[index]!
      const next = new Float64Array(before.length)
      for (let o = 0; o < delta.length; o++) {
        biases.gradients[o]! += delta[o]!
        for (let i = 0; i < before.length; i++) {
          weights.gradients[i * delta.length + o]! += before[i]! * delta[o]!
          next[i]! += weights.current[i * delta.length + o]! * delta[o]!
        }
      }
      delta = next.map((value, i) => value * referenceActivations[this.spec.activation].slope(before[i]!))
    }
  }

  /** Updates parameters by the optimizer's rule, and clears their gradients. */
  #update(values: Values, learningRate: number): void {
    const { optimizer, momentum, weightDecay } = this.spec
    const { current, gradients, decays } = values
    const settings = { learningRate, momentum, update: this.updates }
    for (let index = 0; index < current.length; index++) {
      // Decoupled, as in Keras 3.15, `base_optimizer.py`: before the step, and not by way of the gradient.
      if (decays) current[index]! -= current[index]! * weightDecay * learningRate
      current[index]! += optimizerSteps[optimizer](values, index, gradients[index]!, settings)
    }
    gradients.fill(0)
  }
}

/** Softmax cross-entropy by log-sum-exp. */
interface Softmax {
  loss: number
  /** Whether the largest logit is the label's. */
  isHit: boolean
  probabilities: Float64Array
  /** The derivative of the loss by the logits. */
  delta: Float64Array
}

function softmax(logits: Float64Array, label: number): Softmax {
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  const probabilities = powers.map((power) => power / sum)
  return {
    loss: Math.log(sum) - (logits[label]! - largest),
    isHit: logits.indexOf(largest) === label,
    probabilities,
    delta: probabilities.map((probability, index) => probability - (index === label ? 1 : 0)),
  }
}
