/**
 * The decision boundary chart: the class that a network predicts at every point of the plane, shaded by its probability,
 * with the dataset on top.
 */
import { useMemo } from 'preact/hooks'

import type { Boundary } from '#experiment/result/boundary.ts'
import { certainty } from '#experiment/result/grid.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { AxisX, AxisY, Chart, round, type Frame } from '../axes/frame.tsx'
import {
  classInWords,
  planeExamples,
  type LabeledExamples,
  type PlaneExamples,
  type PlotPoint,
} from '../axes/labeled-examples.ts'
import { explorePoints, legendWords, planeHeight, planeOf, type LegendWords, type Plane } from '../axes/plane.ts'
import { present, type ChartType } from '../chart-type.ts'
import { ClassLegend, Marks } from '../marks/class-points.tsx'
import { ConfidenceRegions, hasRegions, shadingInWords, takenAsCertain } from '../marks/confidence-regions.tsx'
import { PointCursor } from '../marks/point-cursor.tsx'
import { Memo } from '../memo.tsx'
import { titleAfterTraining } from '../text/experiment-names.ts'
import { decimal, percent } from '../text/format.ts'

interface DecisionBoundaryProps extends Frame {
  result: ExperimentResult
  data: LabeledExamples
  boundary: Boundary
}

/** Draws the decision regions of a result's first run. */
function DecisionBoundary({ result, data, boundary, cursor, ...frame }: DecisionBoundaryProps) {
  const { width, height } = frame
  const { classes } = result.spec
  const { extent } = boundary
  const examples = planeExamples(data)
  // Compared by its values, because at another epoch the plane is the same and the points on it must not be redrawn.
  const plane = useMemo(
    () => planeOf(extent, { width, height }, boundaryWords({ classes }, examples)),
    // oxlint-disable-next-line react/exhaustive-deps
    [...extent.x, ...extent.y, width, height, classes, examples],
  )
  return (
    <Chart
      {...frame}
      title={titleAfterTraining('Decision boundary', result)}
      description={() => takeawayOfBoundary(result, boundary)}
      over={cursor !== undefined && <PointCursor plane={plane} data={examples} stop={cursor} />}
    >
      <g>
        <Memo of={[plane, boundary, classes]}>
          {() => (
            <>
              <ClassLegend plane={plane} />
              {hasRegions(boundary) && <ConfidenceRegions box={plane.box} boundary={boundary} classes={classes} />}
              <AxisX scale={plane.x} box={plane.box} title={examples.titles[0]} />
              <AxisY scale={plane.y} box={plane.box} title={examples.titles[1]} />
            </>
          )}
        </Memo>
        <Memo of={[plane, examples]}>{() => <Marks plane={plane} data={examples} />}</Memo>
        {boundary.classes === null && <Diverged box={plane.box} />}
      </g>
    </Chart>
  )
}

/** A label in place of the regions, above the grid lines. */
function Diverged({ box }: Pick<Plane, 'box'>) {
  return (
    <text class="diverged halo" x={round((box.left + box.right) / 2)} y={round(box.top + 16)} text-anchor="middle">
      diverged
    </text>
  )
}

/**
 * The region that a point lies in, with the probability of its class there: `in the region of class 1 (probability
 * 0.98)`; undefined after divergence.
 */
function regionInWords(boundary: Boundary, data: Pick<LabeledExamples, 'classNames'>, [x, y]: PlotPoint) {
  if (!hasRegions(boundary)) return undefined
  const { classes, confidences, columns, rows, extent } = boundary
  const cell = (value: number, [low, high]: readonly [number, number], count: number) =>
    Math.max(0, Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count)))
  const index = cell(y, extent.y, rows) * columns + cell(x, extent.x, columns)
  const probability = decimal(confidences[index]! / certainty, 2)
  return `in the region of ${classInWords(data, classes[index]!)} (probability ${probability})`
}

/** The accuracy of the regions and how much of the plane is predicted with certainty, in two sentences. */
export function takeawayOfBoundary({ runs: [run] }: ExperimentResult, boundary: Boundary): string {
  if (!hasRegions(boundary) || !run) return 'The training diverged, so there is no decision boundary.'
  const { confidences } = boundary
  const certain = confidences.filter((confidence) => confidence >= takenAsCertain * certainty).length
  return [
    `The regions are right for ${decimal(run.final['testAccuracy'])} of the test examples and ${decimal(run.final['trainAccuracy'])} of the train examples.`,
    `In ${percent(certain / confidences.length)} of the area, the predicted class has a probability of at least ${takenAsCertain}.`,
  ].join(' ')
}

/** The words above the plane. */
export function boundaryWords({ classes }: Pick<ExperimentSpec, 'classes'>, examples: PlaneExamples): LegendWords {
  return legendWords(classes, examples, ['filled: train, hollow: test;', shadingInWords])
}

const decisionBoundary: ChartType = {
  summary: 'What the first run predicts, all over the plane',
  example: 'dataset=moons&epochs=50',
  isOfSeveral: false,
  needs: ['training', 'data', 'boundary'],
  switches: [],
  height: ({ results: [{ spec }], data, boundary }, width) =>
    planeHeight(present(boundary).extent, width, boundaryWords(spec, planeExamples(present(data)))),
  draw: ({ results: [result], data, boundary }, frame) => (
    <DecisionBoundary result={result} data={present(data)} boundary={present(boundary)} {...frame} />
  ),
  explore({ results: [{ spec }], data, boundary }, size) {
    const examples = planeExamples(present(data))
    const plane = planeOf(present(boundary).extent, size, boundaryWords(spec, examples))
    return explorePoints(plane, examples, (point) => regionInWords(present(boundary), examples, point))
  },
  takeaway: ({ results: [result], boundary }) => takeawayOfBoundary(result, present(boundary)),
}

export default decisionBoundary
