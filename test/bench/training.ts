/**
 * How fast the kernel trains the tutorial's network, beside other ways to do the same. One epoch: shuffle, train on 500
 * rows, evaluate loss and accuracy on 500 train and 500 test rows.
 *
 *   npm run bench                     the table, and how time grows with the size of an experiment
 *   npm run bench -- other.wasm       with another kernel of the same interface as test/bench/other-kernel.ts expects
 */

import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

import type { Tensor2D } from '@tensorflow/tfjs-core'

import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { parameterCount } from '#experiment/spec/hidden-layers.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { initialLayers } from '#training/initializers.ts'
import { RowOrder } from '#training/shuffle.ts'
import { startTensorFlow } from '#training/tensorflow/tensorflow.ts'

import { networkByHand } from './by-hand.ts'
import { exponent, interleave, short, table, timesOf, type Times } from './measure.ts'
import { otherKernel } from './other-kernel.ts'
import { plainNetwork } from './plain.ts'

const other = process.argv[2]
const batchSizes = [1, 4, 8, 16, 32, 64, 128, 256, 450, 500]
const tf = startTensorFlow()
const base = completeSpec({})
const split = splitDataset(makeDataset(base))
const initial = initialLayers(base, 1)
const order = new RowOrder(500, 1)

/** Milliseconds of `model.fit` for an epoch; it cannot be interleaved, as it is asynchronous. */
async function timeFit(batchSize: number, rounds: number): Promise<Times> {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 50, activation: 'relu', kernelInitializer: 'heUniform', inputShape: [2] }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  })
  model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'categoricalCrossentropy', metrics: ['accuracy'] })
  const tensors = ({ inputs, labels, count }: typeof split.train) => {
    const y = tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(labels), 'int32'), 3), 'float32') as Tensor2D
    return [tf.tensor2d(inputs, [count, 2]), y] as const
  }
  const [x, y] = tensors(split.train)
  const [testX, testY] = tensors(split.test)
  const all: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const start = performance.now()
    await model.fit(x, y, { epochs: 1, batchSize, shuffle: true, validationData: [testX, testY], verbose: 0 })
    tf.dispose(model.evaluate(x, y, { batchSize: 500 }))
    all.push(performance.now() - start)
  }
  model.dispose()
  tf.dispose([x, y, testX, testY])
  // The first call builds the training function.
  return timesOf(all.slice(1))
}

/** Epochs of the fast ones in a round. */
const many = 200

async function compare(batchSize: number) {
  const spec = completeSpec({ batchSize, epochs: many })
  const network = new FusedNetwork(spec, split)
  const byHand = networkByHand(tf, split, initial, 0.01, 0.9)
  const plain = plainNetwork(split, initial, 0.01, 0.9)
  const fast = new Map([
    [
      'kernel',
      () => {
        network.begin(1)
        network.advance(1e9)
      },
    ],
    ...(other === undefined
      ? []
      : ([
          [
            'other',
            (
              (run) => () =>
                run(many)
            )(otherKernel(other, split, initial, batchSize)),
          ],
        ] as const)),
  ])
  const slow = new Map([
    ['by hand', () => (order.shuffle(), byHand(order.rows, batchSize))],
    ['typed arrays', () => (order.shuffle(), plain(order.rows, batchSize))],
  ])
  interleave(new Map([...fast, ...slow]), 2)
  const perEpoch = ([name, { min, median }]: [string, Times]): [string, Times] => [
    name,
    { min: min / many, median: median / many },
  ]
  const times = new Map([...interleave(slow, 15), ...[...interleave(fast, 25)].map(perEpoch)])
  times.set('model.fit', await timeFit(batchSize, batchSize < 16 ? 3 : 8))
  network.dispose()
  return times
}

const names = ['model.fit', 'by hand', 'typed arrays', ...(other === undefined ? [] : ['other']), 'kernel']
const rows: string[][] = []
for (const batchSize of batchSizes) {
  const times = await compare(batchSize)
  const kernel = times.get('kernel')!
  rows.push([
    String(batchSize),
    ...names.map((name) => {
      const { min, median } = times.get(name)!
      const ratio = name === 'kernel' ? '' : ` = ${short(min / kernel.min)}×`
      return `${short(min)} (${short(median)})${ratio}`
    }),
  ])
}
console.log('Milliseconds an epoch: minimum (median) = times the kernel’s minimum\n')
console.log(table(['batch', ...names], rows))

/** Least milliseconds of whole experiments, by something that grows. */
function growth(
  name: string,
  sizes: readonly number[],
  specOf: (size: number) => PartialSpec,
  sizeOf = (size: number) => size,
) {
  const variants = new Map(
    sizes.map((size) => {
      const spec = completeSpec(specOf(size))
      return [
        String(size),
        () => {
          const training = trainNumbers(spec)
          while (!training.next().done);
        },
      ]
    }),
  )
  interleave(variants, 2)
  const times = interleave(variants, 9)
  const points = sizes.map((size) => [sizeOf(size), times.get(String(size))!.min] as const)
  return [
    name,
    sizes.map((size, index) => `${size}: ${short(points[index]![1])}`).join(', '),
    exponent(points).toFixed(2),
  ]
}

console.log('\nMilliseconds of whole experiments, data and all, and the exponent of their growth (1 is linear)\n')
console.log(
  table(
    ['by', 'milliseconds', 'exponent'],
    [
      growth('epochs', [125, 250, 500, 1000, 2000], (epochs) => ({ epochs })),
      growth('examples', [320, 640, 1280, 2560, 5000], (examples) => ({ examples })),
      growth(
        'parameters (hidden units)',
        [16, 32, 64, 128],
        (units) => ({ hiddenUnits: String(units) }),
        (units) => parameterCount(completeSpec({ hiddenUnits: String(units) })),
      ),
      growth('seeds', [1, 3, 10, 30, 100], (seeds) => ({ seeds })),
    ],
  ),
)

const wasm = readFileSync(new URL(import.meta.resolve('#kernel.wasm')))
console.log(`\nThe kernel’s module: ${wasm.length} bytes, ${gzipSync(wasm, { level: 9 }).length} with gzip`)
