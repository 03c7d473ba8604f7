/**
 * The recipe "A dataset", followed for two waves, one above the other, which scikit-learn does not have.
 */
import type { Recipe } from './recipe.ts'

export const datasetRecipe: Recipe = {
  title: 'A dataset',
  most: 3,
  edits: [
    {
      file: 'worker/methods/datasets.ts',
      changes: [
        {
          before: '} as const satisfies Record<string, DatasetLimits>',
          insert: '  waves: { ...twoClasses, noise: 0.2, noiseStops: outlineStops },\n',
        },
      ],
    },
    {
      file: 'worker/datasets/generated/waves.ts',
      create: `/**
 * Two waves, one above the other.
 */
import { ownLicense, type Description } from '../generator.ts'
import { sine } from '../sine.ts'
import { alongOutlines, halves } from './outlines.ts'

/** Evenly along one turn of the sine; both of its ends have a point. */
const angle = (index: number, count: number) => index * ((2 * Math.PI) / (count - 1))

/** Class 0: a wave; class 1: the same wave, 1 lower. */
export const waves = alongOutlines(
  () => [
    (index, count) => [angle(index, count) - Math.PI, sine(angle(index, count))],
    (index, count) => [angle(index, count) - Math.PI, sine(angle(index, count)) - 1],
  ],
  halves,
)

/** In words and in Python. */
export const wavesDescription: Description = {
  title: 'Waves',
  lesson: 'A wave between two classes needs hidden units.',
  source: 'This repository',
  license: ownLicense,
  python: ({ examples, noise, datasetSeed }) => ({
    imports: '',
    lines: \`random = np.random.RandomState(\${datasetSeed})
upper, lower = (np.linspace(0, 2 * np.pi, n) for n in (\${examples} // 2, \${examples} - \${examples} // 2))
x = np.vstack([np.c_[upper - np.pi, np.sin(upper)], np.c_[lower - np.pi, np.sin(lower) - 1]])
order = np.arange(\${examples})
random.shuffle(order)
x, y = x[order], (order >= \${examples} // 2).astype(int)
x += random.normal(scale=\${noise}, size=x.shape)\`,
  }),
}
`,
    },
    {
      file: 'worker/datasets/dataset.ts',
      changes: [
        {
          before: "import { moons, moonsDescription } from './generated/moons.ts'\n",
          insert: "import { waves, wavesDescription } from './generated/waves.ts'\n",
        },
        { after: '  spirals,\n', insert: '  waves,\n' },
        { after: '  spirals: spiralsDescription,\n', insert: '  waves: wavesDescription,\n' },
      ],
    },
  ],
  half: { without: 'worker/datasets/dataset.ts', test: 'test/unit/datasets/dataset.test.ts', message: /generators/ },
  tests: [
    'test/unit/experiment/',
    'test/unit/datasets/',
    'test/unit/training/choices.test.ts',
    'test/unit/training/fused/fingerprints.test.ts',
    'test/unit/training/generalization.test.ts',
    'test/unit/site/programs.test.ts',
    'test/unit/playground-view/',
    'test/unit/charts/names.test.ts',
    'test/unit/charts/labels.test.ts',
    'test/unit/http/openapi.test.ts',
    'test/unit/rooms.test.ts',
  ],
}
