/**
 * A scatter plot of a dataset with any number of features, with filled training and hollow test examples. Test examples
 * that a network predicts wrong have a ring, if its predictions are given.
 */
import { useMemo } from 'preact/hooks'

import type { Churn } from '#experiment/result/churn.ts'

import { AxisX, AxisY, Chart, round, type Frame, type Size } from '../axes/frame.tsx'
import {
  classInWords,
  isPlanar,
  planeExamples,
  type LabeledExamples,
  type PlaneExamples,
} from '../axes/labeled-examples.ts'
import {
  explorePoints,
  legendWords,
  partOf,
  planeHeight,
  planeOf,
  type LegendWords,
  type Plane,
} from '../axes/plane.ts'
import type { Explorer } from '../explorer.ts'
import { ClassLegend, Marks } from './class-points.tsx'
import { PointCursor } from './point-cursor.tsx'

/** The data of a scatter plot. */
export interface ScatterData {
  classes: number
  data: LabeledExamples
  /** The predicted class of each test example. */
  predicted?: Churn['predicted'] | undefined
}

/** The radius of a ring around a point, in pixels. */
const ringRadius = 5.5

function wordsOf({ classes, predicted }: ScatterData, examples: PlaneExamples): LegendWords {
  const marks = 'filled: train, hollow: test'
  return legendWords(classes, examples, predicted ? [`${marks},`, 'ringed: predicted wrong'] : [marks])
}

function plotOf(given: ScatterData, size: Size): { examples: PlaneExamples; plane: Plane } {
  const examples = planeExamples(given.data)
  return { examples, plane: planeOf(partOf(examples), size, wordsOf(given, examples)) }
}

/** The preferred height of a scatter plot at a width. */
export function scatterHeight(given: ScatterData, width: number): number {
  const examples = planeExamples(given.data)
  return planeHeight(partOf(examples), width, wordsOf(given, examples))
}

/** The wrong class that is predicted for the example in a row, if any. */
function wrongClass({ data: { labels, trainExamples }, predicted }: ScatterData, row: number): number | undefined {
  const answer = predicted?.[row - trainExamples]
  return answer === labels[row] ? undefined : answer
}

interface ScatterPlotProps extends Frame, ScatterData {
  title: string
  description: () => string
}

/** Draws a scatter plot. */
export function ScatterPlot({ classes, data, predicted, title, description, cursor, ...frame }: ScatterPlotProps) {
  const { width, height } = frame
  const { examples, plane } = useMemo(
    () => plotOf({ classes, data, predicted }, { width, height }),
    [classes, data, predicted, width, height],
  )
  const still = useMemo(() => {
    const rings = wrongRings({ classes, data, predicted }, examples, plane)
    return (
      <g>
        <ClassLegend plane={plane} />
        <AxisX scale={plane.x} box={plane.box} title={examples.titles[0]} />
        <AxisY scale={plane.y} box={plane.box} title={examples.titles[1]} />
        <Marks plane={plane} data={examples} />
        {rings && <path class="outline" d={rings} />}
      </g>
    )
  }, [plane, examples, data, classes, predicted])
  return (
    <Chart
      {...frame}
      title={title}
      description={description}
      over={cursor !== undefined && <PointCursor plane={plane} data={examples} stop={cursor} />}
    >
      {still}
    </Chart>
  )
}

/** The path of the rings around test examples that are predicted wrong. */
function wrongRings(given: ScatterData, { points }: PlaneExamples, { x, y }: Plane): string {
  const [r, across] = [ringRadius, 2 * ringRadius]
  return points
    .map(([px, py], row) =>
      wrongClass(given, row) === undefined
        ? ''
        : `M${round(x(px) - r)} ${round(y(py))}a${r} ${r} 0 1 0 ${across} 0a${r} ${r} 0 1 0 ${-across} 0z`,
    )
    .join('')
}

/** The explorer of a scatter plot. */
export function exploreScatter(given: ScatterData, size: Size): Explorer {
  const { examples, plane } = plotOf(given, size)
  return explorePoints(plane, examples, (_, row) => {
    const wrong = wrongClass(given, row)
    return wrong === undefined ? undefined : `predicted as ${classInWords(given.data, wrong)}`
  })
}

/** What the axes are, in a sentence, if they are not the features themselves. */
export function axesInWords(data: LabeledExamples): string {
  if (isPlanar(data)) return ''
  const [across, up] = planeExamples(data).titles
  const what = data.inputs ? `network’s ${data.inputs[0]!.length} inputs` : `${data.points[0]!.length} features`
  return `The axes are the first two principal components of the ${what}, by the training examples: ${across} and ${up}.`
}
