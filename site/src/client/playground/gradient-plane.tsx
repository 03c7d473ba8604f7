/**
 * A picture of the gradients of a batch's examples, in the plane of the full gradient and the direction in which they
 * differ most.
 */
import { round } from '#charts/axes/frame.tsx'
import { decimal } from '#charts/text/format.ts'
import type { Step } from '#training/fused/step.ts'

const width = 320
const height = 300
const room = { left: 12, right: 12, top: 16, bottom: 16 }

type Point = readonly [x: number, y: number]

/** The picture. */
export function GradientPlane({ step }: { step: Step }) {
  const { examples, batch } = step.plane
  const all: Point[] = [[0, 0], [1, 0], batch, ...examples]
  const spanOf = (axis: 0 | 1) => {
    const values = all.map((point) => point[axis])
    return [Math.min(...values), Math.max(...values)] as const
  }
  const [left, right] = spanOf(0)
  const [low, high] = spanOf(1)
  // The same scale on both axes: directions are what is shown.
  const unit = Math.min(
    (width - room.left - room.right) / (right - left || 1),
    (height - room.top - room.bottom) / (high - low || 1),
  )
  const x = (value: number) => round((width - unit * (left + right)) / 2 + unit * value)
  const y = (value: number) => round((height + unit * (low + high)) / 2 - unit * value)
  const away = Math.hypot(batch[0] - 1, batch[1])
  return (
    <figure>
      <svg class="chart gradients" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={wordsOf(away)}>
        <path class="grid" d={`M0 ${y(0)}H${width}M${x(0)} 0V${height}`} />
        <path class="pull" d={examples.map(([px, py]) => `M${x(0)} ${y(0)}L${x(px)} ${y(py)}`).join('')} />
        {/* Their names stand apart: on the side away from the other one. */}
        <Arrow class="train" to={[1, 0]} x={x} y={y} name="all training rows" isBelow={batch[1] >= 0} />
        <Arrow class="test" to={batch} x={x} y={y} name="the batch" isBelow={batch[1] < 0} />
      </svg>
      <figcaption>{wordsOf(away)}</figcaption>
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
  name: string
  /** Whether the name stands below the end. */
  isBelow: boolean
}

function Arrow({ class: look, to: [px, py], x, y, name, isBelow }: ArrowProps) {
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
