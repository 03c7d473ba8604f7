/** The dataset chart: a scatter plot of the points by class, with filled training and hollow test examples. */
import { useMemo } from 'preact/hooks'

import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import type { Reference } from '#experiment/result/reference-accuracy.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { AxisX, AxisY, Chart, type Frame } from '../axes/frame.tsx'
import { explorePoints, partOf, planeHeight, planeOf } from '../axes/plane.ts'
import { present, type ChartType } from '../chart-type.ts'
import { ClassLegend, Marks } from '../marks/class-points.tsx'
import { PointCursor } from '../marks/point-cursor.tsx'
import { titleOfDataset } from '../text/experiment-names.ts'
import { decimal, wholeNumber } from '../text/format.ts'

interface DatasetChartProps extends Frame {
  result: ExperimentResult
  data: LabeledPoints
  references: readonly Reference[]
}

/** Draws the points of a spec. */
function DatasetChart({ result, data, references, cursor, ...frame }: DatasetChartProps) {
  const { width, height } = frame
  const { classes } = result.spec
  const plane = useMemo(() => planeOf(partOf(data), { width, height }, classes), [data, width, height, classes])
  const still = useMemo(
    () => (
      <g>
        <ClassLegend classes={classes} plane={plane} />
        <AxisX scale={plane.x} box={plane.box} title="x" />
        <AxisY scale={plane.y} box={plane.box} title="y" />
        <Marks plane={plane} data={data} />
      </g>
    ),
    [plane, data, classes],
  )
  return (
    <Chart
      {...frame}
      title={titleOfDataset(result)}
      description={() => takeawayOfDataset(data, references)}
      over={cursor !== undefined && <PointCursor plane={plane} data={data} stop={cursor} />}
    >
      {still}
    </Chart>
  )
}

/** The number of points, and the accuracy of the nearest true center if it is known. */
export function takeawayOfDataset({ labels, trainExamples }: LabeledPoints, references: readonly Reference[]): string {
  const counts = `${wholeNumber(trainExamples)} examples train, ${wholeNumber(labels.length - trainExamples)} test.`
  const center = references.find(({ name }) => name === 'nearest true center')
  if (!center) return counts
  return `${counts} The clusters overlap: giving every test example the class of the nearest true center is right for ${decimal(center.accuracy)} of them.`
}

const dataset: ChartType = {
  summary: 'The points',
  example: 'dataset=circles',
  isOfSeveral: false,
  needs: ['data'],
  switches: [],
  height: ({ results: [{ spec }], data }, width) => planeHeight(partOf(present(data)), width, spec.classes),
  draw: ({ results: [result], data, references }, frame) => (
    <DatasetChart result={result} data={present(data)} references={references} {...frame} />
  ),
  explore: ({ results: [{ spec }], data }, size) =>
    explorePoints(planeOf(partOf(present(data)), size, spec.classes), present(data)),
  takeaway: ({ data, references }) => takeawayOfDataset(present(data), references),
}

export default dataset
