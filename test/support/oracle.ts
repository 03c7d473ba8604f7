/** Compares an engine with the plain float64 reference, with the tolerance that a spec's own chaos asks for. */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset, type Split } from '#datasets/split.ts'
import { column, emptyNumbers, metrics, type Numbers } from '#experiment/result/numbers.ts'
import { trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { initialLayers, type Layer } from '#training/initializers.ts'
import { trainRun, type Score } from '#training/network.ts'
import { Slice } from '#training/progress.ts'

import { ReferenceNetwork } from './reference-network.ts'
import { dividesByGradients } from './reference-rules.ts'
import { WatchedNetwork } from './watched-network.ts'

/** Beyond this a spec is chaotic: its later epochs are not compared. */
const most = 1e-2

/** What is allowed whatever the sensitivity. */
const leastOf = ({ optimizer }: ExperimentSpec) => (dividesByGradients[optimizer] ? 1e-4 : 1e-5)

/** Initial parameters, each moved by one float32 unit in the last place, up or down by a pattern of its own. */
function nudge(layers: Layer[], pattern: number): Layer[] {
  const move = (value: number, index: number) =>
    value * (1 + ((Math.imul(index + 1, 0x9e3779b1) >>> (31 - pattern)) & 1 ? 1 : -1) * 2 ** -23)
  return layers.map(({ weights, biases }) => ({ weights: weights.map(move), biases: biases.map(move) }))
}

/**
 * The reference with parameters that are rounded to float32 after every step, and with activities and derivatives that
 * are as exact as float32 is near 1: RMSprop and Adam make as large a step of a gradient that is all rounding.
 */
class RoundingNetwork extends ReferenceNetwork {
  protected override rounded(value: number): number {
    return Math.round(value * 2 ** 23) / 2 ** 23
  }

  override step(start: number, count: number, learningRate: number, divisor?: number): Score {
    const score = super.step(start, count, learningRate, divisor)
    for (const values of this.parameters()) values.forEach((value, index) => (values[index] = Math.fround(value)))
    return score
  }
}

/** The numbers of the first run, by a network of the split. */
function numbersBy<Reference extends ReferenceNetwork>(
  spec: ExperimentSpec,
  split: Split,
  network: Reference,
): { numbers: Numbers; network: Reference } {
  const numbers = emptyNumbers(spec)
  const steps = trainRun(spec, split, network, numbers, 0, new Slice())
  while (!steps.next().done);
  return { numbers, network }
}

/** A number that is not what the reference says. */
interface Deviation {
  metric: string
  epoch: number
  value: number
  expected: number
  allowed: number
}

/** What came of comparing. */
interface Comparison {
  deviations: Deviation[]
  /** Epochs that were compared, from the first on. */
  epochs: number
}

/**
 * Where the first run of some numbers strays from the reference: by more than ten times as far as the reference itself
 * moves when its initial parameters do by one unit in the last place and all later ones are rounded, and more than
 * 1e-5 (with RMSprop and Adam, which divide by what may be small, 1e-4); accuracies by more than two rows. Epochs from
 * the first update on that float32 cannot decide are left out: see `WatchedNetwork`.
 *
 * @param split the data, if it is not the spec's own
 */
export function compareWithReference(
  spec: ExperimentSpec,
  numbers: Numbers,
  split = splitDataset(makeDataset(spec)),
): Comparison {
  const initial = initialLayers(spec, spec.seed, split.train.features)
  const { numbers: expected, network } = numbersBy(spec, split, new WatchedNetwork(spec, initial, split))
  const moved = [0, 1, 2, 3].map(
    (pattern) => numbersBy(spec, split, new RoundingNetwork(spec, nudge(initial, pattern), split)).numbers,
  )
  const found: Deviation[] = []
  let sensitivity = 0
  let epoch = 0
  for (; epoch < Math.min(spec.epochs, network.decidedEpochs); epoch++) {
    const at = (one: Numbers, metric: (typeof metrics)[number]) => column(one, spec, 0, metric)[epoch]!
    for (const metric of ['runningLoss', 'trainLoss', 'testLoss'] as const)
      for (const one of moved) sensitivity = Math.max(sensitivity, relative(at(one, metric), at(expected, metric)))
    // Not a number where the reference diverged: then nothing is known any more.
    if (!(10 * sensitivity < most)) break
    for (const metric of metrics) {
      const rows = metric.startsWith('test') ? spec.examples - trainRows(spec) : trainRows(spec)
      const isLoss = metric.endsWith('Loss')
      const distance = isLoss
        ? relative(at(numbers, metric), at(expected, metric))
        : Math.abs(at(numbers, metric) - at(expected, metric))
      const allowed = isLoss ? Math.max(leastOf(spec), 10 * sensitivity) : 2.01 / rows
      if (!(distance <= allowed))
        found.push({ metric, epoch, value: at(numbers, metric), expected: at(expected, metric), allowed })
    }
  }
  return { deviations: found, epochs: epoch }
}

/** The distance of two losses, relative to the second; a loss near 0 is a difference of larger numbers. */
function relative(value: number, expected: number): number {
  return Math.abs(value - expected) / Math.max(expected, 0.01)
}
