/**
 * A picture of the gradients of a batch's examples, in the plane of the full gradient and the direction in which they
 * differ most.
 */
import { round } from '#charts/axes/frame.tsx'
import { decimal } from '#charts/text/format.ts'
import type { Step } from '#training/fused/step.ts'

import { Explored, type Explorable } from './explored.tsx'

const height = 300
const room = { left: 12, right: 12, top: 16, bottom: 16 }
/** The longest distance between pointer and arrowhead at which the arrow is read, in pixels. */
const selectDistance = 24

type Point = readonly [x: number, y: number]

/** The arrows in the order in which they are read: the full gradient, the batch's, and each example's. */
function arrowsOf({ plane: { examples, batch } }: Step): { name: string; to: Point }[] {
  return [
    { name: 'all training rows', to: [1, 0] },
    { name: 'the batch', to: batch },
    ...examples.map((to, index) => ({ name: `example ${index + 1} of the batch`, to })),
  ]
}

/** The scales of the picture: the same on both axes, because directions are what is shown. */
function scalesOf(step: Step, width: number) {
  const all: Point[] = [[0, 0], ...arrowsOf(step).map(({ to }) => to)]
  const spanOf = (axis: 0 | 1) => {
    const values = all.map((point) => point[axis])
    return [Math.min(...values), Math.max(...values)] as const
  }
  const [left, right] = spanOf(0)
  const [low, high] = spanOf(1)
  const unit = Math.min(
    (width - room.left - room.right) / (right - left || 1),
    (height - room.top - room.bottom) / (high - low || 1),
  )
  return {
    x: (value: number) => round((width - unit * (left + right)) / 2 + unit * value),
    y: (value: number) => round((height + unit * (low + high)) / 2 - unit * value),
  }
}

/** How far an arrow goes, in lengths of the full gradient. */
function readArrow({ name, to: [along, across] }: { name: string; to: Point }): string {
  return `${name}: ${decimal(along, 2)} along the gradient of all training rows, ${decimal(across, 2)} across it`
}

/** The picture of an update, with its readout. */
export const gradientPicture: Explorable<Step> = {
  height: () => height,
  draw(step, { width, cursor }) {
    const { examples, batch } = step.plane
    const { x, y } = scalesOf(step, width)
    const selected = cursor === undefined ? undefined : arrowsOf(step)[cursor]
    return (
      <svg
        class="chart gradients"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={wordsOf(Math.hypot(batch[0] - 1, batch[1]))}
      >
        <path class="grid" d={`M0 ${y(0)}H${width}M${x(0)} 0V${height}`} />
        <path class="pull" d={examples.map(([px, py]) => `M${x(0)} ${y(0)}L${x(px)} ${y(py)}`).join('')} />
        {/* Their names stand apart: on the side away from the other one. */}
        <Arrow class="train" to={[1, 0]} x={x} y={y} width={width} name="all training rows" isBelow={batch[1] >= 0} />
        <Arrow class="test" to={batch} x={x} y={y} width={width} name="the batch" isBelow={batch[1] < 0} />
        {selected && <circle class="ring" cx={x(selected.to[0])} cy={y(selected.to[1])} r={7} />}
      </svg>
    )
  },
  explore(step, { width }) {
    const arrows = arrowsOf(step)
    const { x, y } = scalesOf(step, width)
    const read = (stop: number) => readArrow(arrows[stop]!)
    return {
      stops: arrows.length,
      nearest: (at) => {
        const distances = arrows.map(({ to }) => Math.hypot(x(to[0]) - at.x, y(to[1]) - at.y))
        const nearest = distances.indexOf(Math.min(...distances))
        return distances[nearest]! < selectDistance ? nearest : undefined
      },
      read,
      brief: read,
    }
  },
}

/** The picture. */
export function GradientPlane({ step }: { step: Step }) {
  const { batch } = step.plane
  const words = wordsOf(Math.hypot(batch[0] - 1, batch[1]))
  return (
    <figure>
      <Explored kind={gradientPicture} drawing={step} name="arrow">
        {(reading) => <figcaption>{reading?.brief ?? words}</figcaption>}
      </Explored>
    </figure>
  )
}

function wordsOf(away: number): string {
  return `Each thin line is where one example pulls, the heavy one their mean. It misses the gradient of all training rows by ${decimal(away, 2)} times that gradient’s length.`
}

interface ArrowProps {
  class: string
  to: Point
  x: (value: number) => number
  y: (value: number) => number
  width: number
  name: string
  /** Whether the name stands below the end. */
  isBelow: boolean
}

function Arrow({ class: look, to: [px, py], x, y, width, name, isBelow }: ArrowProps) {
  const isRight = x(px) > width / 2
  return (
    <g class={look}>
      <path class={`line arrow ${look}`} d={`M${x(0)} ${y(0)}L${x(px)} ${y(py)}`} />
      <circle class="dot" cx={x(px)} cy={y(py)} r={4} />
      <text
        class={`${look} halo`}
        x={x(px) + (isRight ? -8 : 8)}
        y={y(py) + (isBelow ? 20 : -8)}
        text-anchor={isRight ? 'end' : 'start'}
      >
        {name}
      </text>
    </g>
  )
}
