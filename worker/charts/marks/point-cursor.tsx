/** The cursor of a scatter plot: a ring around a point. */
import { useMemo } from 'preact/hooks'

import { round } from '../axes/frame.tsx'
import type { PlaneExamples } from '../axes/labeled-examples.ts'
import { pointsFromLeft, type Plane } from '../axes/plane.ts'

/** Draws the ring at a stop. */
export function PointCursor({
  plane,
  data,
  stop,
}: {
  plane: Plane
  data: Pick<PlaneExamples, 'points'>
  stop: number
}) {
  const order = useMemo(() => pointsFromLeft(data), [data])
  const [x, y] = data.points[order[stop] ?? 0]!
  return <circle class="ring" cx={round(plane.x(x))} cy={round(plane.y(y))} r={7} />
}
