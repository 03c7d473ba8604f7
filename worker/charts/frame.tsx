/**
 * What every chart stands in: an SVG with a name and a description, margins, and axes with round ticks.
 */
import type { ScaleLinear } from 'd3-scale'
import type { ComponentChildren } from 'preact'

import { chartStyles } from './theme.ts'

/** Lengths in CSS pixels: a chart is drawn for the size at which it is shown. */
interface Size {
  width: number
  height: number
}

/** What every chart takes. */
export interface Frame extends Size {
  /** A file of its own, which brings its styles along; inside a page the page has them. */
  standalone?: boolean
}

/** Room for tick labels and axis titles around the plotting area. */
export const margin = { top: 28, right: 64, bottom: 40, left: 44 }

interface ChartProps extends Frame {
  /** Names the chart: its accessible name. */
  title: string
  /** Says what it shows, for those who do not see it. */
  description: string
  children: ComponentChildren
}

/** The SVG around a chart. */
export function Chart({ width, height, standalone, title, description, children }: ChartProps) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="chart"
      role="img"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
    >
      <title>{title}</title>
      <desc>{description}</desc>
      {standalone && <style>{chartStyles}</style>}
      {children}
    </svg>
  )
}

interface AxisProps extends Size {
  scale: ScaleLinear<number, number>
  title: string
}

/** Coordinates with at most two decimals: the same text everywhere, and short. */
export const round = (value: number): number => Math.round(value * 100) / 100

/** The horizontal axis at the bottom: ticks and their title. */
export function AxisX({ scale, title, width, height }: AxisProps) {
  const bottom = height - margin.bottom
  return (
    <g text-anchor="middle">
      {scale.ticks(5).map((tick) => (
        <text key={tick} x={round(scale(tick))} y={bottom + 18}>
          {scale.tickFormat()(tick)}
        </text>
      ))}
      <text x={(margin.left + width - margin.right) / 2} y={height - 4}>
        {title}
      </text>
    </g>
  )
}

/** The vertical axis: light grid lines, their values at the left, the title above. */
export function AxisY({ scale, title, width }: Omit<AxisProps, 'height'>) {
  return (
    <g>
      {scale.ticks(5).map((tick) => (
        <g key={tick}>
          <line
            class="grid"
            x1={margin.left}
            x2={width - margin.right}
            y1={round(scale(tick))}
            y2={round(scale(tick))}
          />
          <text x={margin.left - 8} y={round(scale(tick)) + 4} text-anchor="end">
            {scale.tickFormat()(tick)}
          </text>
        </g>
      ))}
      <text x={0} y={12}>
        {title}
      </text>
    </g>
  )
}
