/**
 * Points by class: each class with its own color and shape. Train is filled, test hollow.
 */
import type { LabeledPoints } from '#experiment/labeled-points.ts'

import { round, type Box } from './frame.tsx'
import type { Plane } from './plane.ts'

/** How far a mark reaches from its middle, in pixels. */
const reach = { point: 2.9, legend: 4.5 }

/** The shapes of the classes, around wherever they are put, in units of a mark's reach; the colors go on after them. */
const shapes: ((r: (units: number) => number) => string)[] = [
  (r) => `m${r(-1)} 0a${r(1)} ${r(1)} 0 1 0 ${r(2)} 0a${r(1)} ${r(1)} 0 1 0 ${r(-2)} 0z`,
  (r) => `m${r(-0.9)} ${r(-0.9)}h${r(1.8)}v${r(1.8)}h${r(-1.8)}z`,
  (r) => `m0 ${r(-1.3)}l${r(1.25)} ${r(2.2)}h${r(-2.5)}z`,
  (r) => `m0 ${r(-1.4)}l${r(1.1)} ${r(1.4)} ${r(-1.1)} ${r(1.4)} ${r(-1.1)} ${r(-1.4)}z`,
  (r) => `m0 ${r(1.3)}l${r(1.25)} ${r(-2.2)}h${r(-2.5)}z`,
]

/** The outline of a class's shape. */
function shapeOf(label: number, size: number): string {
  return shapes[label % shapes.length]!((units) => round(units * size))
}

/** Draws the points, every class in two paths: train filled, test hollow. */
export function Marks({ plane: { x, y }, data }: { plane: Plane; data: LabeledPoints }) {
  const classes = Math.max(...data.labels) + 1
  return (
    <g>
      {Array.from({ length: classes }, (_, label) => {
        const shape = shapeOf(label, reach.point)
        const paths = { train: '', test: '' }
        data.points.forEach(([px, py], row) => {
          if (data.labels[row] !== label) return
          paths[row < data.trainExamples ? 'train' : 'test'] += `M${round(x(px))} ${round(y(py))}${shape}`
        })
        return (
          <g key={label} class={`class-${label}`}>
            <path class="mark hollow" d={paths.test} />
            <path class="mark" d={paths.train} />
          </g>
        )
      })}
    </g>
  )
}

/** One mark, large enough to be read alone. */
export function Mark({ label, x, y }: { label: number; x: number; y: number }) {
  return <path class="mark" d={`M${round(x)} ${round(y)}${shapeOf(label, reach.legend)}`} />
}

/** Width of a letter, in pixels, as an estimate. */
const letter = 7

interface KeyProps {
  names: readonly string[]
  left: number
  top: number
  width: number
}

/** Names the shapes in a row, as many as fit; classes go by their number where their names do not fit. */
export function Key({ names, left, top, width }: KeyProps) {
  const longest = Math.max(...names.map(({ length }) => length)) * letter + 32
  const fits = names.length * longest <= width
  const step = fits ? longest : width / names.length
  return (
    <g>
      {names.map((name, label) => (
        <g key={name} class={`class-${label}`}>
          <Mark label={label} x={left + 6 + label * step} y={top - 4.5} />
          <text x={round(left + 17 + label * step)} y={top}>
            {fits ? name : (name.split(' ').at(-1) ?? name)}
          </text>
        </g>
      ))}
    </g>
  )
}

/** Names the classes above the plane, and how train and test differ. */
export function Legend({ classes, box }: { classes: number; box: Box }) {
  return (
    <g>
      <text x={round(box.left)} y={16}>
        filled: train, hollow: test
      </text>
      <Key
        names={Array.from({ length: classes }, (_, label) => `class ${label}`)}
        left={round(box.left)}
        top={38}
        width={box.right - box.left}
      />
    </g>
  )
}
