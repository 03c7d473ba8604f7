/** The parts that the Python programs share: the lines that make the data, and those that print results. */
import { datasetInPython } from '#datasets/dataset.ts'
import { windowOf } from '#experiment/result/window.ts'
import { defaultSpec, trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { planeFeaturesOf, type PlaneFeature } from '#methods/plane-features.ts'
import type { ScalingName } from '#methods/scaling.ts'

/** A part of a program, which is a cell of its notebook. The sections of a program, joined, are the program. */
export interface ProgramSection {
  title: string
  code: string
}

/** The import lines of the data. */
export function dataImports(spec: ExperimentSpec, site: string): string {
  const { imports } = datasetInPython(spec, site)
  return [imports, ...scalings[spec.scaling].imports].filter(Boolean).join('\n')
}

/** The lines that make the data: the first rows are for training, the rest for testing. */
export function dataLines(spec: ExperimentSpec, site: string): string {
  const rows = trainRows(spec)
  const { lines } = datasetInPython(spec, site)
  return `${lines}
${labelNoiseLines(spec)}${scalings[spec.scaling].lines(rows)}${featureLines(spec)}x = x.astype("float32")
train_x, train_y, test_x, test_y = x[:${rows}], y[:${rows}], x[${rows}:], y[${rows}:]`
}

/** The imports and lines that scale `x` by the training rows. */
const scalings: Readonly<Record<ScalingName, { imports: string[]; lines: (rows: number) => string }>> = {
  none: { imports: [], lines: () => '' },
  standard: {
    imports: ['from sklearn.preprocessing import StandardScaler'],
    lines: (rows) => `x = StandardScaler().fit(x[:${rows}]).transform(x)\n`,
  },
}

/** The lines that replace labels of training rows by other classes. */
function labelNoiseLines(spec: ExperimentSpec): string {
  const { labelNoise, classes, datasetSeed } = spec
  if (labelNoise === 0) return ''
  const rows = trainRows(spec)
  return `noise = np.random.RandomState(${(datasetSeed + 1) % 2 ** 32})
flip = noise.random_sample(${rows}) < ${labelNoise}
y[:${rows}] = np.where(flip, (y[:${rows}] + noise.randint(1, ${classes}, ${rows})) % ${classes}, y[:${rows}])
`
}

const featureInPython: Readonly<Record<PlaneFeature, string>> = {
  x: 'a',
  y: 'b',
  x2: 'a**2',
  y2: 'b**2',
  xy: 'a * b',
  sinx: 'np.sin(a)',
  siny: 'np.sin(b)',
}

/** The lines that compute the features that the network gets of each point. */
function featureLines({ features }: ExperimentSpec): string {
  if (features === defaultSpec().features) return ''
  return `a, b = x.T
x = np.stack([${planeFeaturesOf(features)
    .map((name) => featureInPython[name])
    .join(', ')}], axis=1)
`
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
