/**
 * The decision boundary: the class that a network predicts for every point of the plane, the data on top.
 */
import { contours } from 'd3-contour'
import { useMemo } from 'preact/hooks'

import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { CompactPath } from './compact-path.ts'
import { decimal } from './format.ts'
import { AxisX, AxisY, Chart, round, type Frame } from './frame.tsx'
import { Kept } from './kept.tsx'
import { present, type Kind } from './kind.ts'
import { Legend, Marks } from './marks.tsx'
import { explorePoints, planeHeight, planeOf, type Plane } from './plane.ts'
import { PointCursor } from './point-cursor.tsx'
import { titleOfBoundary } from './words.ts'

interface DecisionBoundaryProps extends Frame {
  result: ExperimentResult
  data: LabeledPoints
  boundary: Boundary
}

/** Draws the regions of the first run of a result. */
function DecisionBoundary({ result, data, boundary, cursor, ...frame }: DecisionBoundaryProps) {
  const { width, height } = frame
  const { classes } = result.spec
  const { extent } = boundary
  // By its numbers: at another epoch of a run it is the same plane, and the points on it stay.
  const plane = useMemo(
    () => planeOf(extent, { width, height }, classes),
    // oxlint-disable-next-line react/exhaustive-deps
    [...extent.x, ...extent.y, width, height, classes],
  )
  return (
    <Chart
      {...frame}
      title={titleOfBoundary(result)}
      description={() => takeawayOfBoundary(result, boundary)}
      over={cursor !== undefined && <PointCursor plane={plane} data={data} stop={cursor} />}
    >
      <g>
        <Kept of={[plane, boundary, classes]}>
          {() => (
            <>
              <Legend classes={classes} plane={plane} />
              <Regions plane={plane} boundary={boundary} classes={classes} />
              <AxisX scale={plane.x} box={plane.box} title="x" />
              <AxisY scale={plane.y} box={plane.box} title="y" />
            </>
          )}
        </Kept>
        <Kept of={[plane, data]}>{() => <Marks plane={plane} data={data} />}</Kept>
        {boundary.classes === null && <Diverged box={plane.box} />}
      </g>
    </Chart>
  )
}

/** Stands where there are no regions, above the axes' lines. */
function Diverged({ box }: Pick<Plane, 'box'>) {
  return (
    <text class="diverged halo" x={round((box.left + box.right) / 2)} y={round(box.top + 16)} text-anchor="middle">
      diverged
    </text>
  )
}

/** The regions, one class painted over those before it: so they meet without gaps. */
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

/** The region that a point lies in: `in the region of class 1`; undefined where there are none. */
function regionInWords({ classes, columns, rows, extent }: Boundary, [x, y]: readonly [number, number]) {
  const cell = (value: number, [low, high]: readonly [number, number], count: number) =>
    Math.max(0, Math.min(count - 1, Math.floor(((value - low) / (high - low)) * count)))
  const index = cell(y, extent.y, rows) * columns + cell(x, extent.x, columns)
  return classes ? `in the region of class ${classes[index]}` : undefined
}

/** How often the regions are right. */
export function takeawayOfBoundary({ runs: [run] }: ExperimentResult, { classes }: Boundary): string {
  if (classes === null || !run) return 'The training diverged, so there is no decision boundary.'
  return `The regions are right for ${decimal(run.final['testAccuracy'])} of the test examples and ${decimal(run.final['trainAccuracy'])} of the train examples.`
}

export const decisionBoundary: Kind = {
  summary: 'What the first run predicts, all over the plane',
  example: 'dataset=moons&epochs=50',
  isOfSeveral: false,
  needs: ['training', 'data', 'boundary'],
  switches: [],
  height: ({ results: [{ spec }], boundary }, width) => planeHeight(present(boundary).extent, width, spec.classes),
  draw: ({ results: [result], data, boundary }, frame) => (
    <DecisionBoundary result={result} data={present(data)} boundary={present(boundary)} {...frame} />
  ),
  explore: ({ results: [{ spec }], data, boundary }, size) =>
    explorePoints(planeOf(present(boundary).extent, size, spec.classes), present(data), (point) =>
      regionInWords(present(boundary), point),
    ),
  takeaway: ({ results: [result], boundary }) => takeawayOfBoundary(result, present(boundary)),
}
