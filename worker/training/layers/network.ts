/**
 * The network of the `layers` engine: a stock TensorFlow.js LayersModel that starts from the project's own initial
 * weights.
 *
 * Dimension letters: R = rows of a split, C = classes.
 */
import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import type { Sequential } from '@tensorflow/tfjs-layers'

import type { Rows, Split } from '#datasets/split.ts'
import { certainty } from '#experiment/result/grid.ts'
import { hiddenLayers } from '#experiment/spec/hidden-layers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Layer } from '../initializers.ts'
import type { Network, Score } from '../network.ts'
import type { Predictions } from '../predictions.ts'
import type { TensorFlow } from '../tensorflow/tensorflow.ts'
import { createOptimizer, type KerasOptimizer } from './optimizer.ts'

/** A split of the dataset as tensors. */
interface SplitTensors {
  /** [R][features] */
  inputs: Tensor2D
  /** One-hot [R][C] */
  targets: Tensor2D
  /** [R] */
  labels: Uint8Array
}

/** A network with its optimizer and its data, all as TensorFlow.js tensors, which `dispose` frees. */
export class LayersNetwork implements Network {
  readonly #tf: TensorFlow
  readonly #model: Sequential
  readonly #optimizer: KerasOptimizer
  readonly #variables: Variable[]
  /** The average of each variable, as soon as there is one. */
  #averages: Variable[] | undefined
  readonly #features: number
  readonly #train: SplitTensors
  readonly #test: SplitTensors
  /** The training rows in the order of the current epoch. */
  #ordered: SplitTensors | undefined

  constructor(tf: TensorFlow, spec: ExperimentSpec, initial: readonly Layer[], { train, test }: Split) {
    this.#tf = tf
    this.#model = buildModel(tf, spec, train.features, initial)
    this.#variables = this.#model.trainableWeights.map((weight) => weight.read() as Variable)
    this.#optimizer = createOptimizer(tf, spec, this.#variables)
    this.#features = train.features
    this.#train = splitTensors(tf, train, spec.classes)
    this.#test = splitTensors(tf, test, spec.classes)
  }

  arrange(order: Uint32Array): void {
    const tf = this.#tf
    const { inputs, targets, labels } = this.#train
    disposeSplit(tf, this.#ordered)
    // The labels are gathered outside of `tidy`, which would search each of their elements for tensors.
    const tensors = tf.tidy(() => {
      const rows = tf.tensor1d(new Int32Array(order), 'int32')
      return { inputs: tf.gather(inputs, rows), targets: tf.gather(targets, rows) }
    })
    this.#ordered = { ...tensors, labels: reordered(labels, order) }
  }

  step(start: number, count: number, learningRate: number, divisor = count): Score {
    const tf = this.#tf
    const ordered = this.#ordered
    if (!ordered) throw new Error('arrange the rows before the first step')
    return tf.tidy(() => {
      const inputs = tf.slice(ordered.inputs, [start, 0], [count, -1])
      const targets = tf.slice(ordered.targets, [start, 0], [count, -1])
      let logits: Tensor2D | undefined
      const lossOf = () => {
        // Kept explicitly, because the gradient's own `tidy` scope would free it.
        logits = tf.keep(this.#model.apply(inputs, { training: true }) as Tensor2D)
        const mean = tf.losses.softmaxCrossEntropy(targets, logits) as Scalar
        return divisor === count ? mean : tf.mul<Scalar>(mean, count / divisor)
      }
      try {
        const loss = this.#optimizer.minimize(lossOf, learningRate).dataSync()[0]! * (divisor / count)
        return { loss, hits: countHits(logits!, ordered.labels.subarray(start, start + count)) }
      } finally {
        logits?.dispose()
      }
    })
  }

  average(share: number): void {
    const tf = this.#tf
    tf.tidy(() => {
      if (!this.#averages) this.#averages = this.#variables.map((variable) => tf.variable(variable, false))
      this.#averages.forEach((average, index) =>
        average.assign(tf.add(average, tf.mul(tf.sub(this.#variables[index]!, average), share))),
      )
    })
  }

  /** Calls `use` with the averages, if there are any, in place of the variables, and returns its result. */
  #withAverages<T>(use: () => T): T {
    const averages = this.#averages
    if (!averages) return use()
    const tf = this.#tf
    const saved = this.#variables.map((variable) => tf.clone(variable))
    const assign = (values: readonly Tensor[]) =>
      this.#variables.forEach((variable, index) => {
        variable.assign(values[index]!)
        // The variable now holds the values itself.
        values[index]!.dispose()
      })
    assign(averages.map((average) => tf.clone(average)))
    try {
      return use()
    } finally {
      assign(saved)
    }
  }

  evaluate(): { train: Score; test: Score } {
    const score = ({ inputs, targets, labels }: SplitTensors) =>
      this.#tf.tidy(() => {
        const logits = this.#model.apply(inputs) as Tensor2D
        const loss = this.#tf.losses.softmaxCrossEntropy(targets, logits).dataSync()[0]!
        return { loss, hits: countHits(logits, labels) }
      })
    return this.#withAverages(() => ({ train: score(this.#train), test: score(this.#test) }))
  }

  /** The predictions for points [P][features], with the parameters that are evaluated. */
  predict(points: Float32Array): Predictions {
    const tf = this.#tf
    return this.#withAverages(() =>
      tf.tidy(() => {
        const inputs = tf.tensor2d(points, [points.length / this.#features, this.#features])
        const logits = this.#model.apply(inputs) as Tensor2D
        const largest = tf.max(tf.softmax(logits), 1).dataSync<'float32'>()
        return {
          classes: predictedClasses(logits),
          confidences: Uint8Array.from(largest, (probability) => Math.round(certainty * probability)),
        }
      }),
    )
  }

  parameters(): Float32Array[] {
    return this.#variables.map((variable) => variable.dataSync<'float32'>())
  }

  dispose(): void {
    this.#model.dispose()
    this.#optimizer.dispose()
    this.#tf.dispose(this.#averages ?? [])
    for (const split of [this.#train, this.#test, this.#ordered]) disposeSplit(this.#tf, split)
  }
}

/** Builds the dense layers up to the logits, with the given weights. */
function buildModel(tf: TensorFlow, spec: ExperimentSpec, features: number, initial: readonly Layer[]): Sequential {
  const model = tf.sequential()
  const widths = [...hiddenLayers(spec), spec.classes]
  widths.forEach((units, index) => {
    const isOutput = index === widths.length - 1
    model.add(
      tf.layers.dense({
        units,
        ...(index === 0 ? { inputShape: [features] } : {}),
        ...(isOutput ? {} : { activation: spec.activation }),
      }),
    )
  })
  tf.tidy(() =>
    model.setWeights(
      initial.flatMap(({ weights, biases }) => [
        tf.tensor2d(weights, [weights.length / biases.length, biases.length]),
        tf.tensor1d(biases),
      ]),
    ),
  )
  return model
}

function splitTensors(tf: TensorFlow, { count, features, inputs, labels }: Rows, classes: number): SplitTensors {
  return {
    inputs: tf.tensor2d(inputs, [count, features]),
    targets: tf.tidy(
      () => tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), classes), 'float32') as Tensor2D,
    ),
    labels,
  }
}

function disposeSplit(tf: TensorFlow, split: SplitTensors | undefined): void {
  if (split) tf.dispose([split.inputs, split.targets])
}

/** The labels in a given order of the rows. */
function reordered(labels: Uint8Array, order: Uint32Array): Uint8Array {
  const moved = new Uint8Array(order.length)
  for (let row = 0; row < moved.length; row++) moved[row] = labels[order[row]!]!
  return moved
}

/** The class with the largest logit of each row; the first one if several are equal. */
function predictedClasses(logits: Tensor2D): Uint8Array<ArrayBuffer> {
  const values = logits.dataSync<'float32'>()
  const [rows, classes] = logits.shape
  const predicted = new Uint8Array(rows)
  for (let row = 0; row < rows; row++) {
    let best = 0
    for (let c = 1; c < classes; c++) if (values[row * classes + c]! > values[row * classes + best]!) best = c
    predicted[row] = best
  }
  return predicted
}

/** The number of correctly classified rows. */
function countHits(logits: Tensor2D, labels: Uint8Array): number {
  const predicted = predictedClasses(logits)
  let hits = 0
  for (let row = 0; row < predicted.length; row++) if (predicted[row] === labels[row]) hits++
  return hits
}
