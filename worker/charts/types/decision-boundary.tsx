/**
 * The decision boundary chart: the class that a network predicts at every point of the plane, with the dataset on top.
 */
import { contours } from 'd3-contour'
import { useMemo } from 'preact/hooks'

import type { Boundary } from '#experiment/result/boundary.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { AxisX, AxisY, Chart, round, type Frame } from '../axes/frame.tsx'
import { classInWords, planeExamples, type LabeledExamples, type PlotPoint } from '../axes/labeled-examples.ts'
import { explorePoints, legendWords, planeHeight, planeOf, type Plane } from '../axes/plane.ts'
import { present, type ChartType } from '../chart-type.ts'
import { ClassLegend, Marks } from '../marks/class-points.tsx'
import { CompactPath } from '../marks/compact-path.ts'
import { PointCursor } from '../marks/point-cursor.tsx'
import { Memo } from '../memo.tsx'
import { titleAfterTraining } from '../text/experiment-names.ts'
import { decimal } from '../text/format.ts'

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
    () => planeOf(extent, { width, height }, legendWords(classes, examples)),
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
              <Regions plane={plane} boundary={boundary} classes={classes} />
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

/** The regions, each class painted over the previous ones, so that they meet without gaps. */
function Regions({ plane: { box }, boundary, classes: count }: { plane: Plane; boundary: Boundary; classes: number }) {
  const { classes, columns, rows } = boundary
  if (classes === null) return null
  const across = (box.right - box.left) / columns
  const up = (box.bottom - box.top) / rows
  const contour = contours().size([columns, rows]).smooth(true)
  return (
    <g>
      {Array.from({ length: count }, (_, label) => {
        if (label === 0)
          return (
            <rect
              key={label}
              class={`region class-${label}`}
              x={round(box.left)}
              y={round(box.top)}
              width={round(box.right - box.left)}
              height={round(box.bottom - box.top)}
            />
          )
        const isLater = classes.map((predicted) => Number(predicted >= label))
        const path = new CompactPath()
        for (const ring of contour.contour(isLater, 0.5).coordinates.flat()) {
          ring.forEach(([column = 0, row = 0], index) => {
            const x = box.left + column * across
            const y = box.bottom - row * up
            if (index === 0) path.moveTo(x, y)
            else path.lineTo(x, y)
          })
          path.close()
        }
        const d = path.toString()
        return d && <path key={label} class={`region class-${label}`} d={d} />
      })}
    </g>
  )
}

/** The region that a point lies in, in words: `in the region of class 1`; undefined after divergence. */
function regionInWords(
  { classes, columns, rows, extent }: Boundary,
  data: Pick<LabeledExamples, 'classNames'>,
  [x, y]: PlotPoint,
) {
  const cell = (value: number, [low, high]: readonly [number, number], count: number) =>
    Math.max(0, Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count)))
  const index = cell(y, extent.y, rows) * columns + cell(x, extent.x, columns)
  return classes ? `in the region of ${classInWords(data, classes[index]!)}` : undefined
}

/** The accuracy of the regions, in a sentence. */
export function takeawayOfBoundary({ runs: [run] }: ExperimentResult, { classes }: Boundary): string {
  if (classes === null || !run) return 'The training diverged, so there is no decision boundary.'
  return `The regions are right for ${decimal(run.final['testAccuracy'])} of the test examples and ${decimal(run.final['trainAccuracy'])} of the train examples.`
}

const decisionBoundary: ChartType = {
  summary: 'What the first run predicts, all over the plane',
  example: 'dataset=moons&epochs=50',
  isOfSeveral: false,
  needs: ['training', 'data', 'boundary'],
  switches: [],
  height: ({ results: [{ spec }], data, boundary }, width) =>
    planeHeight(present(boundary).extent, width, legendWords(spec.classes, planeExamples(present(data)))),
  draw: ({ results: [result], data, boundary }, frame) => (
    <DecisionBoundary result={result} data={present(data)} boundary={present(boundary)} {...frame} />
  ),
  explore({ results: [{ spec }], data, boundary }, size) {
    const examples = planeExamples(present(data))
    const plane = planeOf(present(boundary).extent, size, legendWords(spec.classes, examples))
    return explorePoints(plane, examples, (point) => regionInWords(present(boundary), examples, point))
  },
  takeaway: ({ results: [result], boundary }) => takeawayOfBoundary(result, present(boundary)),
}

export default decisionBoundary
