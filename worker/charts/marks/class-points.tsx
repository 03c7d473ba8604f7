/**
 * The points of a dataset as marks: each class has its own color and shape, training examples are filled and test
 * examples hollow. Also the legend of classes and of lines.
 */
import { round } from '../axes/frame.tsx'
import type { PlaneExamples } from '../axes/labeled-examples.ts'
import type { Plane } from '../axes/plane.ts'
import { keyRow, layoutKey } from '../text/legend-layout.ts'

/** The radius of a mark in pixels. */
const radius = { point: 2.9, legend: 4.5 }

/**
 * The shapes of the classes as relative path commands, in units of the radius. Classes beyond the last shape start over
 * with other colors.
 */
const shapes: ((r: (units: number) => number) => string)[] = [
  (r) => `m${r(-1)} 0a${r(1)} ${r(1)} 0 1 0 ${r(2)} 0a${r(1)} ${r(1)} 0 1 0 ${r(-2)} 0z`,
  (r) => `m${r(-0.9)} ${r(-0.9)}h${r(1.8)}v${r(1.8)}h${r(-1.8)}z`,
  (r) => `m0 ${r(-1.3)}l${r(1.25)} ${r(2.2)}h${r(-2.5)}z`,
  (r) => `m0 ${r(-1.4)}l${r(1.1)} ${r(1.4)} ${r(-1.1)} ${r(1.4)} ${r(-1.1)} ${r(-1.4)}z`,
  (r) => `m0 ${r(1.3)}l${r(1.25)} ${r(-2.2)}h${r(-2.5)}z`,
]

/** The path of a class's shape, relative to its center. */
export function shapeOf(label: number, size: number): string {
  return shapes[label % shapes.length]!((units) => round(units * size))
}

type MarkedExamples = Pick<PlaneExamples, 'points' | 'labels' | 'trainExamples'>

/** Draws the points, with two paths per class: filled for training, hollow for test examples. */
export function Marks({ plane: { x, y }, data }: { plane: Plane; data: MarkedExamples }) {
  const classes = Math.max(...data.labels) + 1
  return (
    <g>
      {Array.from({ length: classes }, (_, label) => {
        const shape = shapeOf(label, radius.point)
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

/** A single mark at the size of a legend. */
export function Mark({ label, x, y }: { label: number; x: number; y: number }) {
  return <path class="mark" d={`M${round(x)} ${round(y)}${shapeOf(label, radius.legend)}`} />
}

interface KeyProps {
  names: readonly string[]
  left: number
  top: number
  width: number
  /** The most rows that it may take. */
  mostRows?: number
}

/** A legend of shapes. */
export function Key({ names, left, top, width, mostRows = 1 }: KeyProps) {
  return (
    <g>
      {layoutKey(names, width, mostRows).names.map(({ name, x, row }, label) => {
        const y = top + row * keyRow
        return (
          <g key={name} class={`class-${label}`}>
            <Mark label={label} x={left + x + 6} y={y - 4.5} />
            <text x={round(left + x + 17)} y={y}>
              {name}
            </text>
          </g>
        )
      })}
    </g>
  )
}

/** The legend above the plane: what filled and hollow marks are, and the classes. */
export function ClassLegend({ plane: { legend } }: { plane: Pick<Plane, 'legend'> }) {
  const { left, right, lines, classNames, rows } = legend
  return (
    <g>
      {lines.map((line, index) => (
        <text key={line} x={round(left)} y={16 + keyRow * index}>
          {line}
        </text>
      ))}
      <Key
        names={classNames}
        left={round(left)}
        top={20 + keyRow * lines.length}
        width={right - left}
        mostRows={rows}
      />
    </g>
  )
}
