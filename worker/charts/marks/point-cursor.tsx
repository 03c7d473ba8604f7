/** The cursor of a scatter plot: a ring around a point. */
import { useMemo } from 'preact/hooks'

import type { LabeledPoints } from '#experiment/result/labeled-points.ts'

import { round } from '../axes/frame.tsx'
import { pointsFromLeft, type Plane } from '../axes/plane.ts'

/** Draws the ring at a stop. */
export function PointCursor({ plane, data, stop }: { plane: Plane; data: LabeledPoints; stop: number }) {
  const order = useMemo(() => pointsFromLeft(data), [data])
  const [x, y] = data.points[order[stop] ?? 0]!
  return <circle class="ring" cx={round(plane.x(x))} cy={round(plane.y(y))} r={7} />
}
