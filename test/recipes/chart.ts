/**
 * The recipe "A chart", followed for one that shows the final test accuracy of each run as a dot.
 */
import type { Recipe } from './recipe.ts'

export const chartRecipe: Recipe = {
  title: 'A chart',
  most: 2,
  edits: [
    {
      file: 'worker/charts/types/final-accuracies.tsx',
      create: `/**
 * The test accuracy at the end of each run: a dot a run, one below the other.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'

import { Chart, type Frame } from '../axes/frame.tsx'
import { scaleLinear } from '../axes/scale.ts'
import type { ChartType } from '../chart-type.ts'
import { decimal } from '../text/format.ts'

const margin = 40
const dotHeight = 14

/** The final test accuracies of runs that did not diverge. */
function accuraciesOf({ runs }: ExperimentResult): number[] {
  return runs.flatMap(({ final }) => (final.testAccuracy === null ? [] : [final.testAccuracy]))
}

function FinalAccuracies({ result, ...frame }: Frame & { result: ExperimentResult }) {
  const x = scaleLinear([0, 1], [margin, frame.width - margin])
  return (
    <Chart {...frame} title="Test accuracy at the end of each run" description={() => takeawayOf(result)}>
      {accuraciesOf(result).map((accuracy, run) => (
        // oxlint-disable-next-line react/no-array-index-key -- a run is its number
        <circle key={run} class="test" cx={x(accuracy)} cy={margin + dotHeight * run} r={4} />
      ))}
    </Chart>
  )
}

function takeawayOf(result: ExperimentResult): string {
  const accuracies = accuraciesOf(result)
  if (accuracies.length === 0) return 'Every run diverged.'
  return \`The test accuracy ends between \${decimal(Math.min(...accuracies))} and \${decimal(Math.max(...accuracies))}.\`
}

const finalAccuracies: ChartType = {
  summary: 'The final test accuracy of each run',
  example: 'seeds=10&epochs=50',
  isOfSeveral: false,
  needs: ['training'],
  switches: [],
  height: ({ results: [result] }) => 2 * margin + dotHeight * result.runs.length,
  draw: ({ results: [result] }, frame) => <FinalAccuracies result={result} {...frame} />,
  explore({ results: [result] }) {
    const accuracies = accuraciesOf(result)
    const read = (stop: number) => \`run \${stop + 1}: \${decimal(accuracies[stop] ?? Number.NaN)}\`
    return { stops: accuracies.length, nearest: ({ y }) => Math.round((y - margin) / dotHeight), read, brief: read }
  },
  takeaway: ({ results: [result] }) => takeawayOf(result),
}

export default finalAccuracies
`,
    },
    {
      file: 'worker/charts/drawing.tsx',
      changes: [
        {
          before: "import gradientNoise from './types/gradient-noise.tsx'",
          insert: "import finalAccuracies from './types/final-accuracies.tsx'\n",
        },
        { after: "  'gradient-noise': gradientNoise,\n", insert: "  'final-accuracies': finalAccuracies,\n" },
      ],
    },
    {
      file: 'test/unit/charts/charts.test.tsx',
      changes: [
        {
          before: "  { name: 'gradient-noise', chart: 'gradient-noise'",
          insert: "  { name: 'final-accuracies', chart: 'final-accuracies', given: [{ seeds: 5, epochs: 50 }] },\n",
        },
      ],
    },
  ],
  half: { without: 'worker/charts/drawing.tsx', test: 'test/unit/charts/kinds.test.ts', message: /final-accuracies/ },
  tests: [
    'test/unit/charts/charts.test.tsx',
    'test/unit/charts/kinds.test.ts',
    'test/unit/http/openapi.test.ts',
    'test/unit/http/charts.test.ts',
    'test/unit/rooms.test.ts',
  ],
}
