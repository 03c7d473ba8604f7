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

/** Parameters of one kind, [I][O] or [O], with a gradient, what the rule keeps, and an average for each. */
interface Values {
  current: Float64Array
  gradients: Float64Array
  /** What momentum and Adam's first moment are. */
  velocities: Float64Array
  /** Means of squared gradients. */
  squares: Float64Array
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
  readonly #spec: ExperimentSpec
  readonly #layers: State[]
  readonly #split: Split
  #order: Uint32Array = new Uint32Array()
  #updates = 0
  #hasAverage = false

  constructor(spec: ExperimentSpec, initial: readonly Layer[], split: Split) {
    this.#spec = spec
    this.#split = split
    this.#layers = initial.map(({ weights, biases }) => ({
      weights: valuesOf(weights, true),
      biases: valuesOf(biases, false),
    }))
  }

  arrange(order: Uint32Array): void {
    this.#order = order
  }

  step(start: number, count: number, learningRate: number, divisor = count): Score {
    const rows = this.#split.train
    const score: Score = { loss: 0, hits: 0 }
    for (const row of this.#order.subarray(start, start + count)) {
      const activities = this.#forward(rows, row)
      const { loss, isHit, delta } = softmax(activities.at(-1)!, rows.labels[row]!)
      score.loss += loss / count
      score.hits += isHit ? 1 : 0
      this.#backward(
        activities,
        delta.map((value) => this.rounded(value) / divisor),
      )
    }
    this.#updates++
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
    return { train: score(this.#split.train), test: score(this.#split.test) }
  }

  parameters(): Float64Array[] {
    return this.#all().map(({ current }) => current)
  }

  #all(): Values[] {
    return this.#layers.flatMap(({ weights, biases }) => [weights, biases])
  }

  /** The inputs and each layer's outputs [L + 1][…]; the last are the logits. */
  #forward({ inputs }: Rows, row: number, byAverage = false): Float64Array[] {
    const activities = [Float64Array.from(inputs.subarray(2 * row, 2 * row + 2))]
    const valuesIn = ({ averages, current }: Values) => (byAverage ? averages : current)
    this.#layers.forEach((layer, index) => {
      const weights = valuesIn(layer.weights)
      const biases = valuesIn(layer.biases)
      const isOutput = index === this.#layers.length - 1
      const before = activities[index]!
      activities.push(
        biases.map((bias, o) => {
          let sum = bias
          for (let i = 0; i < before.length; i++) sum += before[i]! * weights[i * biases.length + o]!
          return isOutput ? sum : this.rounded(activations[this.#spec.activation].of(sum))
        }),
      )
    })
    return activities
  }

  /** Adds one row's gradients. `delta` is the loss's derivative by the logits. */
  #backward(activities: Float64Array[], delta: Float64Array): void {
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const { weights, biases } = this.#layers[index]!
      const before = activities[index]!
      const next = new Float64Array(before.length)
      for (let o = 0; o < delta.length; o++) {
        biases.gradients[o]! += delta[o]!
        for (let i = 0; i < before.length; i++) {
          weights.gradients[i * delta.length + o]! += before[i]! * delta[o]!
          next[i]! += weights.current[i * delta.length + o]! * delta[o]!
        }
      }
      delta = next.map((value, i) => value * activations[this.#spec.activation].slope(before[i]!))
    }
  }

  /**
   * Moves parameters by their gradients g, and clears those. t counts the updates from 1, η is the learning rate.
   *
   * Source of each rule: Keras 3.15, `keras/src/optimizers/{base_optimizer,sgd,rmsprop,adam}.py`.
   */
  #update({ current: w, gradients, velocities: v, squares: s, decays }: Values, η: number): void {
    const { optimizer, momentum, weightDecay } = this.#spec
    const t = this.#updates
    for (let i = 0; i < w.length; i++) {
      const g = gradients[i]!
      // Decoupled: before the step, and not by way of the gradient.
      if (decays) w[i]! -= w[i]! * weightDecay * η
      if (optimizer === 'rmsprop') {
        s[i] = 0.9 * s[i]! + 0.1 * g ** 2
        w[i]! -= (η * g) / Math.sqrt(s[i]! + ε)
      } else if (optimizer === 'adam') {
        v[i]! += (g - v[i]!) * (1 - momentum)
        s[i]! += (g ** 2 - s[i]!) * (1 - 0.999)
        const α = (η * Math.sqrt(1 - 0.999 ** t)) / (1 - momentum ** t)
        w[i]! -= (v[i]! * α) / (Math.sqrt(s[i]!) + ε)
      } else {
        v[i] = momentum * v[i]! - η * g
        w[i]! += optimizer === 'nesterov' ? momentum * v[i]! - η * g : v[i]!
      }
    }
    gradients.fill(0)
  }
}

/** What keeps RMSprop and Adam from dividing by 0. */
const ε = 1e-7

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
