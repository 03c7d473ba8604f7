/**
 * A picture of the gradients of a batch's examples and of the step, in the plane of the full gradient and the direction in
 * which they differ most.
 */
import { AxisX, AxisY, round, type Box } from '#charts/axes/frame.tsx'
import { scaleLinear } from '#charts/axes/scale.ts'
import { amount, decimal } from '#charts/text/format.ts'
import { keyRow } from '#charts/text/legend-layout.ts'
import { textWidth } from '#charts/text/text-width.ts'
import type { Step } from '#training/fused/step.ts'

import { Explored, type Explorable } from './explored.tsx'

/** The height of the picture, without its legend. */
const plotHeight = 320
/** Space around the area for the axes. */
const around = { left: 40, top: 30, right: 12, bottom: 48 }
/** The length of a line in the legend, in pixels. */
const sample = 16
/** Space between the outermost arrow and the edge of the area, as a share of what all arrows span. */
const margin = 0.08
/** The longest distance between pointer and arrowhead at which the arrow is read, in pixels. */
const selectDistance = 24

const titles = { x: 'along the gradient of all', y: 'across it, where they differ most' }

type Point = readonly [x: number, y: number]

interface Arrow {
  /** What it is, when it is read out. */
  name: string
  /** Its end in the picture. */
  to: Point
  /** The vector itself, which the step's arrow enlarges. */
  value: Point
  /** Its label and its class, unless it is one of the many examples. */
  label?: string
  look?: string
}

const lengthOf = ([x, y]: Point) => Math.hypot(x, y)

/** How many times the step is enlarged, to about the length of the batch's gradient; undefined if nothing moves. */
function enlargementOf({ plane: { batch, change } }: Pick<Step, 'plane'>): number | undefined {
  const times = (lengthOf(batch) || 1) / lengthOf(change)
  return Number.isFinite(times) ? Number(times.toPrecision(3)) : undefined
}

/** The arrows in the order in which they are read: the full gradient, the batch's, the step, and each example's. */
function arrowsOf(step: Step): Arrow[] {
  const { examples, batch, change } = step.plane
  const times = enlargementOf(step)
  const all: Point = [1, 0]
  return [
    { name: 'all train examples', to: all, value: all, label: 'all train examples', look: 'train' },
    { name: 'the batch', to: batch, value: batch, label: 'the batch', look: 'test' },
    ...(times === undefined
      ? []
      : [
          {
            name: 'the step, reversed',
            to: [change[0] * times, change[1] * times] as const,
            value: change,
            label: `the step, × ${amount(times)}`,
            look: 'step',
          },
        ]),
    ...examples.map((to, index) => ({ name: `example ${index + 1} of the batch`, to, value: to })),
  ]
}

/** The scales of the picture: the same unit on both axes, because directions are what is shown. */
function scalesOf(arrows: readonly Arrow[], width: number, height: number) {
  const all: Point[] = [[0, 0], ...arrows.map(({ to }) => to)]
  const box: Box = {
    left: around.left,
    top: around.top + legendOf(arrows, width).height,
    right: width - around.right,
    bottom: height - around.bottom,
  }
  const spanOf = (axis: 0 | 1) => {
    const values = all.map((point) => point[axis])
    return [Math.min(...values), Math.max(...values)] as const
  }
  const spans = [spanOf(0), spanOf(1)] as const
  const size = [box.right - box.left, box.bottom - box.top] as const
  const share = 1 - 2 * margin
  const unit = Math.min(...spans.map(([low, high], axis) => (size[axis]! * share) / (high - low || 1)))
  const domainOf = (axis: 0 | 1): [number, number] => {
    const [low, high] = spans[axis]
    const half = size[axis] / unit / 2
    return [(low + high) / 2 - half, (low + high) / 2 + half]
  }
  return {
    box,
    x: scaleLinear(domainOf(0), [box.left, box.right]),
    y: scaleLinear(domainOf(1), [box.bottom, box.top]),
  }
}

/** How far an arrow goes, in lengths of the full gradient. */
function readArrow({ name, value: [along, across] }: Arrow): string {
  const size = (value: number) => decimal(value, value !== 0 && Math.abs(value) < 0.1 ? 4 : 2)
  return `${name}: ${size(along)} along the gradient of all train examples, ${size(across)} across it`
}

/** The picture of an update, with its readout. */
export const gradientPicture: Explorable<Step> = {
  height: (step, width) => plotHeight + legendOf(arrowsOf(step), width).height,
  draw(step, { width, height, cursor }) {
    const arrows = arrowsOf(step)
    const { x, y, box } = scalesOf(arrows, width, height)
    const at = ([px, py]: Point) => `${round(x(px))} ${round(y(py))}`
    const selected = cursor === undefined ? undefined : arrows[cursor]
    const heavy = arrows.filter(({ label }) => label !== undefined)
    return (
      <svg class="chart gradients" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={wordsOf(step)}>
        <AxisY scale={y} box={box} title={titles.y} />
        <AxisX scale={x} box={box} title={titles.x} />
        <path class="grid" d={`M${at([0, 0])}V${box.top}M${at([0, 0])}V${box.bottom}`} />
        <path class="pull" d={step.plane.examples.map((to) => `M${at([0, 0])}L${at(to)}`).join('')} />
        {heavy.map(({ look, to }) => (
          <path
            key={look}
            class={`line arrow ${look}`}
            d={`M${at([0, 0])}L${at(to)}${headOf([x(0), y(0)], [x(to[0]), y(to[1])])}`}
          />
        ))}
        {legendOf(arrows, width).entries.map(({ look, label, left, top }) => (
          <g key={look}>
            <path class={`line arrow ${look}`} d={`M${round(left)} ${top - 4.5}h${sample}`} />
            <text class={look} x={round(left + sample + 6)} y={top}>
              {label}
            </text>
          </g>
        ))}
        {selected && <circle class="ring" cx={round(x(selected.to[0]))} cy={round(y(selected.to[1]))} r={7} />}
      </svg>
    )
  },
  explore(step, { width, height }) {
    const arrows = arrowsOf(step)
    const { x, y } = scalesOf(arrows, width, height)
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

/** The head of an arrow as a part of its path, in pixels. */
function headOf([fromX, fromY]: Point, [toX, toY]: Point): string {
  const length = Math.hypot(toX - fromX, toY - fromY)
  if (length < 4) return ''
  const [along, across] = [9 / length, 4.5 / length]
  const end = (side: 1 | -1) =>
    `${round(toX - along * (toX - fromX) + side * across * (toY - fromY))} ${round(toY - along * (toY - fromY) - side * across * (toX - fromX))}`
  return `M${end(1)}L${round(toX)} ${round(toY)}L${end(-1)}`
}

/** The names of the heavy arrows above the area, in as many rows as they need: where each begins, and its sample. */
function legendOf(arrows: readonly Arrow[], width: number) {
  let [left, row] = [0, 0]
  const entries = arrows.flatMap(({ label, look }) => {
    if (label === undefined) return []
    // The names are bold.
    const size = sample + 6 + 1.1 * textWidth(label)
    if (left > 0 && left + size > width) [left, row] = [0, row + 1]
    const entry = { label, look, left, top: 14 + row * keyRow }
    left += size + 14
    return [entry]
  })
  return { entries, height: (row + 1) * keyRow }
}

/** The picture. */
export function GradientPlane({ step }: { step: Step }) {
  return (
    <figure>
      <Explored kind={gradientPicture} drawing={step} name="arrow">
        {(reading) => <figcaption>{reading?.brief ?? wordsOf(step)}</figcaption>}
      </Explored>
    </figure>
  )
}

/** What the picture shows, in words. */
function wordsOf(step: Step): string {
  const { batch } = step.plane
  const times = enlargementOf(step)
  return [
    'Each thin line is the gradient of one example; the batch’s gradient is their mean.',
    `It misses the gradient of all train examples by ${decimal(Math.hypot(batch[0] - 1, batch[1]), 2)} times that gradient’s length, which is 1 on both axes.`,
    times === undefined
      ? 'The parameters do not move.'
      : `The step goes downhill, so it is drawn reversed, and ${amount(times)} times as long as it is.`,
  ].join(' ')
}
