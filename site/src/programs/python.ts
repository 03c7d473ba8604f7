/** The parts that the Python programs share: the data by scikit-learn, and the printed results. */

import { windowOf } from '#experiment/result/window.ts'
import { trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'

const calls: Record<ExperimentSpec['dataset'], (spec: ExperimentSpec) => string> = {
  blobs: ({ examples, classes, noise, datasetSeed }) =>
    `make_blobs(n_samples=${examples}, centers=${classes}, n_features=2, cluster_std=${noise}, random_state=${datasetSeed})`,
  moons: ({ examples, noise, datasetSeed }) =>
    `make_moons(n_samples=${examples}, noise=${noise}, random_state=${datasetSeed})`,
  circles: ({ examples, noise, datasetSeed }) =>
    `make_circles(n_samples=${examples}, noise=${noise}, factor=0.5, random_state=${datasetSeed})`,
}

/** The import line of the data. */
export function dataImport({ dataset }: ExperimentSpec): string {
  return `from sklearn.datasets import make_${dataset}`
}

/** The lines that make the data: the first rows are for training, the rest for testing. */
export function dataLines(spec: ExperimentSpec): string {
  const rows = trainRows(spec)
  // scikit-learn's default differs from ours.
  const remark = spec.dataset === 'circles' ? "# scikit-learn's own default is factor=0.8.\n" : ''
  return `${remark}x, y = ${calls[spec.dataset](spec)}
x = x.astype("float32")
train_x, train_y, test_x, test_y = x[:${rows}], y[:${rows}], x[${rows}:], y[${rows}:]`
}

/** The lines that print results, given `test_accuracies` by epoch and the final `train_accuracy`. */
export function printLines(spec: ExperimentSpec): string {
  const window = windowOf(spec)
  const instability = `changes = np.diff(test_accuracies[-${window}:])
print("instability", np.sqrt(np.mean(changes**2) / 2))
`
  return `reached = [epoch for epoch, accuracy in enumerate(test_accuracies, 1) if accuracy >= 0.8]
print("train accuracy", train_accuracy)
print("test accuracy", test_accuracies[-1])
print("first epoch at 0.80", reached[0] if reached else "not reached")
${window > 0 ? instability : ''}`
}
