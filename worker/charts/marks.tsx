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
            {paths.test && <path class="mark hollow" d={paths.test} />}
            {paths.train && <path class="mark" d={paths.train} />}
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

/** Width of a letter, and of a mark with the room around it, in pixels, as estimates. */
const room = { letter: 7, mark: 32 }

interface KeyProps {
  names: readonly string[]
  left: number
  top: number
  width: number
}

/** Where each name of a row begins, and where the row ends. */
function positionsOf(names: readonly string[]): number[] {
  const ends = [0]
  for (const name of names) ends.push(ends.at(-1)! + name.length * room.letter + room.mark)
  return ends
}

/** The names as long as a row can hold them: `class 0, class 1`, then `class 0, 1`, then `0, 1`. */
function fitting(names: readonly string[], width: number): readonly string[] {
  const short = names.map((name) => name.split(' ').at(-1) ?? name)
  const choices = [names, [names[0] ?? '', ...short.slice(1)], short]
  return choices.find((choice) => positionsOf(choice).at(-1)! <= width) ?? short
}

/** Names the shapes in a row. */
export function Key({ names, left, top, width }: KeyProps) {
  const shown = fitting(names, width)
  const positions = positionsOf(shown)
  const squeeze = Math.min(1, width / positions.at(-1)!)
  return (
    <g>
      {shown.map((name, label) => {
        const x = left + positions[label]! * squeeze
        return (
          <g key={name} class={`class-${label}`}>
            <Mark label={label} x={x + 6} y={top - 4.5} />
            <text x={round(x + 17)} y={top}>
              {name}
            </text>
          </g>
        )
      })}
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
