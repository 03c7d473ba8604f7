/** The square-root law: how well the instability of some experiments follows the root of η / ((1 − β) B). */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { mean } from '#experiment/result/statistics.ts'
import { batchRows } from '#experiment/spec/training-size.ts'

/** The mean test accuracy from which a pair counts as learning, and so for the fit. */
const learned = 0.8

interface Pair {
  batchSize: number
  /** η / ((1 − β) B). */
  ratio: number
  instability: number
  isLearning: boolean
}

interface Law {
  pairs: Pair[]
  /** The number of pairs that learn. */
  learning: number
  /** The exponent of the ratio that fits the instability of these pairs best, by least squares of logarithms. */
  exponent: number
  /** The instability by the law for a ratio: the square root, at the level that fits these pairs best. */
  line: (ratio: number) => number
}

/** Fits the law to experiments that differ in batch size, learning rate and momentum. */
export function lawOf(results: readonly ExperimentResult[]): Law {
  const pairs = results.map(({ spec, summary }): Pair => {
    const batchSize = batchRows(spec)
    return {
      batchSize,
      ratio: spec.learningRate / ((1 - spec.momentum) * batchSize),
      instability: summary.instability.mean!,
      isLearning: summary.final.testAccuracy.mean! >= learned,
    }
  })
  const fitted = pairs.filter(({ isLearning }) => isLearning)
  const x = fitted.map(({ ratio }) => Math.log(ratio))
  const y = fitted.map(({ instability }) => Math.log(instability))
  const [middle, level] = [mean(x), mean(y)]
  const slope =
    x.reduce((sum, value, index) => sum + (value - middle) * (y[index]! - level), 0) /
    x.reduce((sum, value) => sum + (value - middle) ** 2, 0)
  return {
    pairs,
    learning: fitted.length,
    exponent: slope,
    line: (ratio) => Math.exp(level + 0.5 * (Math.log(ratio) - middle)),
  }
}
