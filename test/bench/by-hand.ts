/** The tutorial's network on TensorFlow.js with operations by hand: no model, no automatic gradients. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

import type { Split } from '#datasets/split.ts'
import type { Layer } from '#training/initializers.ts'
import type { TensorFlow } from '#training/tensorflow/tensorflow.ts'

interface Parameters {
  w1: Tensor2D
  b1: Tensor1D
  w2: Tensor2D
  b2: Tensor1D
}

/** A network that trains an epoch at a time; its tensors stay until the process ends. */
export function networkByHand(
  tf: TensorFlow,
  { train, test }: Split,
  initial: Layer[],
  rate: number,
  momentum: number,
) {
  const [hidden, output] = initial as [Layer, Layer]
  const tensors = (rows: Split['train']) => ({
    x: tf.tensor2d(rows.inputs, [rows.count, 2]),
    y: tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(rows.labels), 'int32'), 3), 'float32') as Tensor2D,
  })
  const [trainRows, testRows] = [tensors(train), tensors(test)]
  let p: Parameters = {
    w1: tf.tensor2d(hidden.weights, [2, hidden.biases.length]),
    b1: tf.tensor1d(hidden.biases),
    w2: tf.tensor2d(output.weights, [hidden.biases.length, 3]),
    b2: tf.tensor1d(output.biases),
  }
  let v = Object.fromEntries(
    Object.entries(p).map(([name, value]) => [name, tf.zerosLike(value)]),
  ) as unknown as Parameters
  const forward = (x: Tensor2D) => {
    const a = tf.relu(tf.add(tf.matMul(x, p.w1), p.b1)) as Tensor2D
    return { a, z: tf.add(tf.matMul(a, p.w2), p.b2) as Tensor2D }
  }

  const step = (x: Tensor2D, y: Tensor2D) => {
    const next = tf.tidy(() => {
      const { a, z } = forward(x)
      const delta = tf.div(tf.sub(tf.softmax(z), y), x.shape[0]) as Tensor2D
      const back = tf.mul(tf.matMul(delta, p.w2, false, true), tf.step(a)) as Tensor2D
      const gradients: Parameters = {
        w1: tf.matMul(x, back, true),
        b1: tf.sum(back, 0),
        w2: tf.matMul(a, delta, true),
        b2: tf.sum(delta, 0),
      }
      const names = Object.keys(p) as (keyof Parameters)[]
      const velocities = names.map((name) => tf.sub(tf.mul(v[name], momentum), tf.mul(gradients[name], rate)))
      return {
        v: Object.fromEntries(names.map((name, index) => [name, velocities[index]!])),
        p: Object.fromEntries(names.map((name, index) => [name, tf.add(p[name], velocities[index]!)])),
      }
    })
    tf.dispose([p, v] as never)
    p = next.p as unknown as Parameters
    v = next.v as unknown as Parameters
  }

  const evaluate = ({ x, y }: typeof trainRows) =>
    tf.tidy(() => {
      const { z } = forward(x)
      const hits = tf.sum(tf.equal(tf.argMax(z, 1), tf.argMax(y, 1)))
      return [tf.losses.softmaxCrossEntropy(y, z).dataSync()[0]!, hits.dataSync()[0]!]
    })

  return function epoch(order: Uint32Array, batchSize: number): void {
    const ordered = tf.tidy(() => {
      const rows = tf.tensor1d(Int32Array.from(order), 'int32')
      return { x: tf.gather(trainRows.x, rows), y: tf.gather(trainRows.y, rows) }
    })
    for (let start = 0; start < train.count; start += batchSize) {
      const count = Math.min(batchSize, train.count - start)
      const x = tf.slice(ordered.x, [start, 0], [count, 2])
      const y = tf.slice(ordered.y, [start, 0], [count, 3])
      step(x, y)
      tf.dispose([x, y])
    }
    tf.dispose([ordered.x, ordered.y])
    evaluate(trainRows)
    evaluate(testRows)
  }
}
