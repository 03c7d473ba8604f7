/**
 * The frame of every chart: an SVG with an accessible name and description, and axes with ticks around a plotting area.
 */
import type { ComponentChildren } from 'preact'

import { tick } from '../text/format.ts'
import type { Scale } from './scale.ts'

/** A size in CSS pixels; a chart is drawn for the size at which it is shown. */
export interface Size {
  width: number
  height: number
}

/** The props that every chart takes. */
export interface Frame extends Size {
  /**
   * Whether it is a standalone file, which includes title, description and background; in a page, these are around it.
   */
  isFile?: boolean
  /** The origin of links in a file, which may be shown anywhere; links in a page are relative. */
  origin?: string
  /** The position of the reader's cursor: a stop of the chart's explorer. */
  cursor?: number | undefined
}

/** A rectangle of the drawing, by its edges. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

interface ChartProps extends Frame {
  /** The chart's accessible name. */
  title: string
  /** A description for readers who cannot see the chart. A file contains it; in a page it is next to the chart. */
  description: () => string
  /** The elements that depend on the cursor. */
  over?: ComponentChildren
  /** Whether it contains links, which the role `img` would hide. */
  hasLinks?: boolean
  children: ComponentChildren
}

/** The margin around a standalone chart, so that nothing touches its edge wherever it is shown. */
export const fileEdge = { x: 12, y: 10 }
const noEdge = { x: 0, y: 0 }

/**
 * The SVG of a chart. In a page, the elements that depend on the cursor are in a second SVG on top, which is a
 * compositing layer of its own, so that the many lines below are not repainted at every step.
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

/** Rounds coordinates to one decimal, which gives short and reproducible texts. */
export const round = (value: number): number => Math.round(value * 10) / 10

interface AxisProps {
  scale: Scale
  box: Box
  /** The title of the axis; left out if a neighboring panel has it. */
  title?: string | undefined
  ticks?: readonly number[]
  format?: (value: number) => string
  /** Whether the first and the last label stay within the area, so that they do not touch those of a neighbor. */
  isTight?: boolean
}

/** How far to the left of its area the title of a vertical axis begins. */
export const titleIndent = 40

/** The horizontal axis below the area: tick labels and a title. */
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
  /** Whether tick labels are drawn at the left; they are left out if a neighboring panel has them. */
  labels?: boolean
}

/** The vertical axis: grid lines, tick labels at the left, and a title above. */
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
