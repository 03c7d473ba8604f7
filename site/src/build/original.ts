/**
 * The accuracies that the original tutorial printed (Brownlee 2020), after the last epoch of one unseeded run each, by
 * the slug of the preset that reproduces it.
 */
interface PrintedAccuracies {
  train: number
  test: number
}

export const printedAccuracies: Readonly<Partial<Record<string, PrintedAccuracies>>> = {
  'batch-gradient-descent': { train: 0.816, test: 0.83 },
  'stochastic-gradient-descent': { train: 0.612, test: 0.606 },
  'stochastic-small-learning-rate': { train: 0.816, test: 0.824 },
  'mini-batch-gradient-descent': { train: 0.832, test: 0.812 },
}
