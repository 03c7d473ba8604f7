import { expect, it } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'
import { trainNumbers } from '#training/by-engine.ts'
import { startTensorFlow, tensorFlowMemory } from '#training/tensorflow/tensorflow.ts'

const pick = <T>(values: readonly T[], index: number) => values[index % values.length]!

/** Experiments from the smallest to the largest, in no order, with a first slice or two of each. */
function startMixed(count: number) {
  const examples = 10 + ((count * 7919) % 4990)
  return trainNumbers(
    completeSpec({
      examples,
      trainFraction: pick([0.1, 0.5, 0.9], count >> 2),
      batchSize: pick(['full', 1, 2] as const, count * 5),
      hiddenUnits: pick(['none', '1', '50', '128-128-128', '128'], count),
      classes: 2 + ((count * 3) % 9),
    }),
  )
}

it('trainings of mixed sizes, four at a time, leave TensorFlow.js’s memory bounded', () => {
  const tf = startTensorFlow()
  const idle = tf.memory().numTensors
  const flights: Generator[] = []
  const sizes: number[] = []
  for (let count = 0; count < 120; count++) {
    const training = startMixed(count)
    training.next()
    flights.push(training)
    if (flights.length > 3) flights.shift()!.return(undefined)
    sizes.push(tensorFlowMemory().buffer.byteLength / 2 ** 20)
  }
  for (const training of flights) training.return(undefined)
  expect(tf.memory().numTensors).toBe(idle)
  // Of an isolate's 128 MB. By half time it has seen the largest together, and grows no more.
  expect(sizes.at(-1)).toBeLessThan(80)
  expect(sizes.at(-1)).toBe(sizes[100])
}, 120_000)
