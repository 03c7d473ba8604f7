/** The parts that the Python programs share: the lines that make the data, and those that print results. */
import { datasetInPython } from '#datasets/dataset.ts'
import { windowOf } from '#experiment/result/window.ts'
import { trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'

/** The import lines of the data. */
export function dataImports(spec: ExperimentSpec): string {
  return datasetInPython(spec).imports
}

/** The lines that make the data: the first rows are for training, the rest for testing. */
export function dataLines(spec: ExperimentSpec): string {
  const rows = trainRows(spec)
  return `${datasetInPython(spec).lines}
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
