/** The decision boundary before or after an update, with rings around the examples of its batch. */
import { useMemo } from 'preact/hooks'

import { round } from '#charts/axes/frame.tsx'
import { planeExamples } from '#charts/axes/labeled-examples.ts'
import { planeOf } from '#charts/axes/plane.ts'
import { present, type Subject } from '#charts/chart-type.ts'
import { bordersOf, hasRegions } from '#charts/marks/confidence-regions.tsx'
import { wholeNumber } from '#charts/text/format.ts'
import decisionBoundary, { boundaryWords } from '#charts/types/decision-boundary.tsx'
import type { Boundary } from '#experiment/result/boundary.ts'

import { Explored, type Explorable } from './explored.tsx'

interface BatchSubject extends Subject {
  /** The training rows of the batch. */
  rows: Uint32Array
  /** The boundary before the update, where the one after it is shown. */
  ghost: Boundary | undefined
}

/** The decision boundary with rings, and with the borders of the one before as a dashed line. */
const batchPicture: Explorable<BatchSubject> = {
  height: decisionBoundary.height,
  explore: decisionBoundary.explore,
  draw(subject, { width, height, ...frame }) {
    const { results, data, boundary, rows, ghost } = subject
    const [{ spec }] = results
    const examples = planeExamples(present(data))
    const { x, y, box } = planeOf(present(boundary).extent, { width, height }, boundaryWords(spec, examples))
    return (
      <div class="lit">
        {decisionBoundary.draw(subject, { width, height, ...frame })}
        <svg class="chart" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
          {ghost && hasRegions(ghost) && hasBorders(ghost) && (
            <path class="ghost" d={bordersOf(ghost, box, spec.classes)} />
          )}
          {Array.from(rows, (row) => {
            const [px, py] = examples.points[row]!
            return <circle key={row} class="ring" cx={round(x(px))} cy={round(y(py))} r={6} />
          })}
        </svg>
      </div>
    )
  },
}

/** Whether more than one class is predicted. */
const hasBorders = ({ classes }: Boundary) => classes?.some((predicted) => predicted !== classes[0]) ?? false

interface BatchPlaneProps {
  drawing: Subject
  boundaries: Record<'before' | 'after', Boundary>
  isAfter: boolean
  rows: Uint32Array
}

export function BatchPlane({ drawing, boundaries, isAfter, rows }: BatchPlaneProps) {
  const { before, after } = boundaries
  const shown = useMemo(
    () => ({ ...drawing, boundary: isAfter ? after : before, ghost: isAfter ? before : undefined, rows }),
    [drawing, before, after, isAfter, rows],
  )
  const words = [
    rows.length === 1
      ? 'The one example of the batch is ringed.'
      : `The ${wholeNumber(rows.length)} examples of the batch are ringed.`,
    ...(isAfter
      ? [
          hasBorders(before)
            ? 'The dashed line is the boundary before the update.'
            : 'Before the update, the same class was predicted everywhere.',
        ]
      : []),
  ].join(' ')
  return (
    <figure>
      <Explored kind={batchPicture} drawing={shown} name="point">
        {(reading) => <figcaption>{reading?.brief ?? words}</figcaption>}
      </Explored>
    </figure>
  )
}
