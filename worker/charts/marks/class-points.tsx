/**
 * The points of a dataset as marks: each class has its own color and shape, training examples are filled and test
 * examples hollow. Also the legend of classes and of lines.
 */
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'

import { round } from '../axes/frame.tsx'
import { classNames, type Plane } from '../axes/plane.ts'
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

/** The path of a class's shape. */
function shapeOf(label: number, size: number): string {
  return shapes[label % shapes.length]!((units) => round(units * size))
}

/** Draws the points, with two paths per class: filled for training, hollow for test examples. */
export function Marks({ plane: { x, y }, data }: { plane: Plane; data: LabeledPoints }) {
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
  /** Whether it may take a second row below. */
  mayGrow?: boolean
}

/** A legend of shapes. */
export function Key({ names, left, top, width, mayGrow = false }: KeyProps) {
  return (
    <g>
      {layoutKey(names, width, mayGrow ? 2 : 1).names.map(({ name, x, row }, label) => {
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

/** The legend of classes above the plane, which also explains filled and hollow marks. */
export function ClassLegend({
  classes,
  plane: { box, legend },
}: {
  classes: number
  plane: Pick<Plane, 'box' | 'legend'>
}) {
  return (
    <g>
      <text x={round(legend.left)} y={16}>
        filled: train, hollow: test
      </text>
      <Key
        names={classNames(classes)}
        left={round(legend.left)}
        top={38}
        width={legend.isOfTwoRows ? legend.right - legend.left : box.right - box.left}
        mayGrow={legend.isOfTwoRows}
      />
    </g>
  )
}
