/**
 * The recipe "A field", followed for a shift of all points along x, which shows what inputs do that are not centered.
 */
import type { Recipe } from './recipe.ts'

export const fieldRecipe: Recipe = {
  title: 'A field',
  most: 5,
  edits: [
    {
      file: 'worker/experiment/spec/spec.ts',
      changes: [{ before: '  datasetSeed: wholeField(', insert: "  shift: real('shift', 0, 10),\n" }],
    },
    {
      file: 'worker/experiment/spec/canonical-spec.ts',
      changes: [{ before: '    datasetSeed: 2,\n', insert: '    shift: 0,\n' }],
    },
    {
      file: 'worker/experiment/spec/controls.ts',
      changes: [
        {
          before: '  trainFraction: {\n',
          insert: `  shift: {
    group: 'data',
    help: 'How far all points move along x.',
    scale: 'linear',
    stops: fixed(0, 1, 5, 10),
  },
`,
        },
      ],
    },
    {
      file: 'worker/datasets/generator.ts',
      changes: [{ after: "  'noise',\n", insert: "  'shift',\n" }],
    },
    {
      file: 'worker/datasets/dataset.ts',
      changes: [
        {
          replace: '  const points = make(spec)\n',
          with: `  const { centers, ...made } = make(spec)
  const moved = centers?.map(([x, y]): [number, number] => [x + spec.shift, y])
  const points = { ...shifted(made, spec), ...(moved ? { centers: moved } : {}) }
`,
        },
        {
          replace: '  return fresh(spec, dataset, examples, random)\n',
          with: `  const { centers, ...others } = dataset
  const drawn = centers?.map(([x, y]): [number, number] => [x - spec.shift, y])
  const points = fresh(spec, { ...others, ...(drawn ? { centers: drawn } : {}) }, examples, random)
  return shifted(points, spec)
`,
        },
        {
          replace: '  return datasetDescriptions[spec.dataset].python(spec, site)\n',
          with: `  const { imports, lines } = datasetDescriptions[spec.dataset].python(spec, site)
  return { imports, lines: spec.shift > 0 ? \`\${lines}\\nx[:, 0] += \${spec.shift}\` : lines }
`,
        },
        {
          before: 'const generators: Readonly<',
          insert: `/** The points, moved along x. */
function shifted(points: Points, { shift }: DatasetSpec): Points {
  return { ...points, coordinates: points.coordinates.map((value, index) => (index % 2 ? value : value + shift)) }
}

`,
        },
      ],
    },
    {
      file: 'test/unit/experiment/spec.test.ts',
      changes: [{ before: '      datasetSeed: 2,\n', insert: '      shift: 0,\n' }],
    },
    {
      file: 'test/support/arbitrary-spec.ts',
      changes: [{ after: '    noise: short(0, 10),\n', insert: '    shift: short(0, 10),\n' }],
    },
    {
      file: 'test/unit/site/programs.test.ts',
      changes: [{ after: 'noise: 1.5, ', insert: 'shift: 2, ' }],
    },
    { file: 'README.md', changes: [{ after: 'examples classes noise ', insert: 'shift ' }] },
  ],
  half: {
    without: 'worker/datasets/dataset.ts',
    test: 'test/unit/training/choices.test.ts',
    message: /shift: train to different numbers/,
  },
  tests: [
    'test/unit/experiment/',
    'test/unit/datasets/',
    'test/unit/training/choices.test.ts',
    'test/unit/training/fused/fingerprints.test.ts',
    'test/unit/training/generalization.test.ts',
    'test/unit/site/programs.test.ts',
    'test/unit/playground-view/',
    'test/unit/http/openapi.test.ts',
    'test/unit/rooms.test.ts',
  ],
}
