/**
 * What every chart stands in: an SVG with a name and a description, and axes with round ticks around a plotting area.
 */
import type { ComponentChildren } from 'preact'

import { tick } from '../text/format.ts'
import type { Scale } from './scale.ts'

/** Lengths in CSS pixels: a chart is drawn for the size at which it is shown. */
export interface Size {
  width: number
  height: number
}

/** What every chart takes. */
export interface Frame extends Size {
  /** It becomes a file of its own, with a name and paper; a page has both around it. */
  isFile?: boolean
  /** Where the links of a file lead, which may be shown anywhere; those of a page stay on its site. */
  origin?: string
  /** Where the reader is: a stop of the chart's explorer. */
  cursor?: number | undefined
}

/** An area of the drawing, by its edges. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

interface ChartProps extends Frame {
  /** Names the chart: its accessible name. */
  title: string
  /** Says what it shows, for those who do not see it: a file has it inside, a page beside the chart. */
  description: () => string
  /** What moves with the cursor. */
  over?: ComponentChildren
  /** It holds links, which a picture could not. */
  hasLinks?: boolean
  children: ComponentChildren
}

/** Paper around a chart that is a file: wherever it is shown, nothing touches its edge. */
export const fileEdge = { x: 12, y: 10 }
const noEdge = { x: 0, y: 0 }

/**
 * The SVG around a chart. In a page what moves with the cursor lies in a second one over it, a layer of its own for the
 * browser: the many lines below are not painted again at every step.
 */
export function Chart({ width, height, isFile = false, title, description, over, hasLinks, children }: ChartProps) {
  const edge = isFile ? fileEdge : noEdge
  const sheet = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: [-edge.x, -edge.y, round(width + 2 * edge.x), round(height + 2 * edge.y)].join(' '),
    width: round(width + 2 * edge.x),
    height: round(height + 2 * edge.y),
  }
  return (
    <>
      <svg {...sheet} class="chart" role={hasLinks ? 'group' : 'img'} aria-label={title}>
        {isFile && (
          <>
            <title>{title}</title>
            <desc>{description()}</desc>
            <rect class="paper" x={-edge.x} y={-edge.y} width="100%" height="100%" />
          </>
        )}
        {children}
        {isFile && over}
      </svg>
      {!isFile && over && (
        <svg {...sheet} class="chart chart-over" aria-hidden="true">
          {over}
        </svg>
      )}
    </>
  )
}

/** Coordinates with at most one decimal: the same text everywhere, and short. */
export const round = (value: number): number => Math.round(value * 10) / 10

interface AxisProps {
  scale: Scale
  box: Box
  /** Written out; a panel whose neighbor has it leaves it out. */
  title?: string | undefined
  ticks?: readonly number[]
  format?: (value: number) => string
  /** The first and the last value keep within the area, so that they do not touch a neighbor's. */
  isTight?: boolean
}

/** The title of a vertical axis begins this far left of its area, above the values. */
export const titleIndent = 40

/** The horizontal axis below the area: ticks, and their title. */
export function AxisX({ scale, box, title, ticks = scale.ticks(5), format = tick, isTight = false }: AxisProps) {
  const anchorOf = (value: number) => {
    if (!isTight) return undefined
    return scale(value) > box.right - 12 ? 'end' : scale(value) < box.left + 12 ? 'start' : undefined
  }
  return (
    <g text-anchor="middle">
      {ticks.map((value) => (
        <text key={value} x={round(scale(value))} y={round(box.bottom + 18)} text-anchor={anchorOf(value)}>
          {format(value)}
        </text>
      ))}
      {title && (
        <text x={round((box.left + box.right) / 2)} y={round(box.bottom + 37)}>
          {title}
        </text>
      )}
    </g>
  )
}

interface AxisYProps extends AxisProps {
  /** Whether the ticks have their values at the left; a panel whose neighbor has them leaves them out. */
  labels?: boolean
}

/** The vertical axis: light grid lines, their values at the left, the title above. */
export function AxisY({ scale, box, title, ticks = scale.ticks(5), format = tick, labels = true }: AxisYProps) {
  const [left, width] = [round(box.left), round(box.right - box.left)]
  return (
    <g>
      <path class="grid" d={ticks.map((value) => `M${left} ${round(scale(value))}h${width}`).join('')} />
      {labels &&
        ticks.map((value) => (
          <text key={value} x={round(box.left - 8)} y={round(scale(value) + 4.5)} text-anchor="end">
            {format(value)}
          </text>
        ))}
      {title && (
        <text x={round(Math.max(0, box.left - titleIndent))} y={round(box.top - 12)}>
          {title}
        </text>
      )}
    </g>
  )
}
