/**
 * The float64 reference, watched for updates that float32 arithmetic cannot decide: those in which an error of rounding
 * may turn a ReLU on or off, or in which an optimizer that divides by the size of its gradients makes a real step of a
 * gradient that is all rounding. After such an update two right engines may differ by more than rounding, so their
 * numbers say nothing about each other.
 *
 * Errors are followed as bounds: through each layer forward, from the loss's derivative backward, and into the gradients.
 */
import type { Score } from '#training/network.ts'

import { ReferenceNetwork } from './reference-network.ts'
import { optimizerSteps, referenceActivations } from './reference-rules.ts'

/** Error of a float32 operation relative to its result, with room for sums of some terms and for earlier updates. */
const unit = 2 ** -20
/** The part of the learning rate by which an update may be uncertain. */
const mostUncertain = 0.01

export class WatchedNetwork extends ReferenceNetwork {
  /** Epochs, from the first on, all of whose updates are decided. */
  decidedEpochs = 0
  #isDecided = true

  override step(start: number, count: number, learningRate: number, divisor = count): Score {
    if (this.#isDecided) this.#isDecided = this.#decides(start, count, learningRate, divisor)
    return super.step(start, count, learningRate, divisor)
  }

  override evaluate(): ReturnType<ReferenceNetwork['evaluate']> {
    if (this.#isDecided) this.decidedEpochs++
    return super.evaluate()
  }

  #decides(start: number, count: number, learningRate: number, divisor: number): boolean {
    const { activation, optimizer, momentum } = this.spec
    const { value, slope } = referenceActivations[activation]
    const { features, inputs, labels } = this.split.train
    const sums = this.layers.map(({ weights, biases }) => ({
      weights: {
        gradients: new Float64Array(weights.current.length),
        errors: new Float64Array(weights.current.length),
      },
      biases: { gradients: new Float64Array(biases.current.length), errors: new Float64Array(biases.current.length) },
    }))
    for (const row of this.order.subarray(start, start + count)) {
      // Forward: activities and the bounds of their errors.
      const values: number[][] = [Array.from(inputs.subarray(features * row, features * (row + 1)))]
      const errors: number[][] = [values[0]!.map(() => 0)]
      for (const [index, { weights, biases }] of this.layers.entries()) {
        const isOutput = index === this.layers.length - 1
        const [before, errorsBefore] = [values[index]!, errors[index]!]
        const width = biases.current.length
        const [own, ownErrors]: [number[], number[]] = [[], []]
        for (let o = 0; o < width; o++) {
          let sum = biases.current[o]!
          let size = Math.abs(sum)
          let error = 0
          before.forEach((activity, i) => {
            const weight = weights.current[i * width + o]!
            sum += activity * weight
            size += Math.abs(activity * weight)
            error += Math.abs(weight) * errorsBefore[i]!
          })
          error += unit * size
          if (!isOutput && activation === 'relu' && Math.abs(sum) <= error) return false
          const activity = isOutput ? sum : value(sum)
          own.push(activity)
          ownErrors.push(error + unit * Math.abs(activity))
        }
        values.push(own)
        errors.push(ownErrors)
      }
      // Backward: the loss's derivatives by what the units sum up, and their errors.
      const logits = values.at(-1)!
      const largest = Math.max(...logits)
      const powers = logits.map((logit) => Math.exp(logit - largest))
      const total = powers.reduce((sum, power) => sum + power, 0)
      let delta = powers.map((power, o) => (power / total - (o === labels[row] ? 1 : 0)) / divisor)
      let deltaErrors = powers.map((power, o) => ((power / total) * errors.at(-1)![o]! + unit) / divisor)
      for (let index = this.layers.length - 1; index >= 0; index--) {
        const { weights } = this.layers[index]!
        const sum = sums[index]!
        const [before, errorsBefore] = [values[index]!, errors[index]!]
        const width = delta.length
        const [next, nextErrors] = [before.map(() => 0), before.map(() => 0)]
        for (let o = 0; o < width; o++) {
          sum.biases.gradients[o]! += delta[o]!
          sum.biases.errors[o]! += deltaErrors[o]!
          for (let i = 0; i < before.length; i++) {
            const weight = weights.current[i * width + o]!
            sum.weights.gradients[i * width + o]! += before[i]! * delta[o]!
            sum.weights.errors[i * width + o]! +=
              Math.abs(before[i]!) * deltaErrors[o]! + errorsBefore[i]! * Math.abs(delta[o]!)
            next[i]! += weight * delta[o]!
            nextErrors[i]! += Math.abs(weight) * deltaErrors[o]! + unit * Math.abs(weight * delta[o]!)
          }
        }
        delta = next.map((one, i) => one * slope(before[i]!))
        // A smooth activation's slope is of its value a, 1 − a² or a (1 − a): it errs at most twice as much.
        const slopeErrors = errorsBefore.map((error) => (activation === 'relu' ? 0 : 2 * error))
        deltaErrors = nextErrors.map((one, i) => one * slope(before[i]!) + Math.abs(next[i]!) * slopeErrors[i]!)
      }
    }
    // The step that the optimizer makes of the least and of the largest gradient that rounding may leave.
    const settings = { learningRate, momentum, update: this.updates + 1 }
    const stepOf = (velocity: number, square: number, gradient: number) =>
      optimizerSteps[optimizer](
        { velocities: Float64Array.of(velocity), squares: Float64Array.of(square) },
        0,
        gradient,
        settings,
      )
    return this.layers.every((layer, index) =>
      (['weights', 'biases'] as const).every((kind) => {
        const { velocities, squares } = layer[kind]
        const { gradients, errors } = sums[index]![kind]
        return gradients.every((gradient, i) => {
          const [low, high] = [gradient - errors[i]!, gradient + errors[i]!].map((one) =>
            stepOf(velocities[i]!, squares[i]!, one),
          )
          return Math.abs(high! - low!) <= mostUncertain * learningRate
        })
      }),
    )
  }
}
