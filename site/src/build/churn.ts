import type { RestlessExample, TestPredictions } from '#charts/test-predictions.ts'
/** Measures churn at build time: trains the first run of a spec and predicts its test examples after every epoch. */
import { splitOf } from '#datasets/split.ts'
import { windowOf } from '#experiment/result/window.ts'
import { stepsPerEpoch, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'

/** The number of restless examples that are kept with their classes. */
const mostRestless = 12

/** The churn of an experiment's first run. */
export function measureChurn(spec: ExperimentSpec): TestPredictions {
  const split = splitOf(spec)
  const labels = Array.from(split.test.labels.subarray(0, split.test.count), Number)
  const window = windowOf(spec)
  const first = Math.min(spec.epochs, spec.epochs - window + 1)
  const network = new FusedNetwork(spec, split)
  try {
    network.begin(spec.seed)
    /** The predicted classes after the epoch before the window, and after each of its epochs. */
    const predictions: Uint8Array[] = []
    for (let epoch = 1; epoch <= spec.epochs; epoch++) {
      while (network.epochs < epoch) if (network.advance(stepsPerEpoch(spec))) break
      if (network.epochs < epoch)
        return { epochs: [first, spec.epochs], share: [], labels, predicted: null, changes: [], restless: [] }
      if (epoch >= spec.epochs - window) predictions.push(network.predict(split.test.inputs))
    }
    return {
      epochs: [first, spec.epochs],
      labels,
      predicted: Array.from(predictions.at(-1)!),
      ...changesIn(predictions),
    }
  } finally {
    network.dispose()
  }
}

/** What changes between successive predictions. */
function changesIn(predictions: readonly Uint8Array[]): Pick<TestPredictions, 'share' | 'changes' | 'restless'> {
  const changes = Array.from(predictions[0]!, () => 0)
  const share = predictions.slice(1).map((now, index) => {
    const before = predictions[index]!
    let count = 0
    now.forEach((label, example) => {
      if (label === before[example]) return
      changes[example]!++
      count++
    })
    return count / now.length
  })
  const order = changes.map((_, example) => example).sort((a, b) => changes[b]! - changes[a]! || a - b)
  const restless = order
    .slice(0, mostRestless)
    .filter((example) => changes[example]! > 0)
    .map((example): RestlessExample => ({ example, classes: predictions.map((one) => one[example]!) }))
  return { share, changes, restless }
}
