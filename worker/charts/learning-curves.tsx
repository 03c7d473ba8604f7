/**
 * Learning curves: train and test accuracy of one run, epoch by epoch. Noise is never smoothed away.
 */
import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'

import type { ExperimentResult } from '#experiment/result.ts'

import { AxisX, AxisY, Chart, margin, round, type Frame } from './frame.tsx'
import { describe, titleOf } from './words.ts'

/** What the chart draws, from the back to the front. */
const series = [
  { name: 'train', metric: 'trainAccuracy' },
  { name: 'test', metric: 'testAccuracy' },
] as const

/** How near two labels at the line ends may come, in pixels. */
const labelGap = 14

/** Draws the first run of a result; its history must be in it. */
export function LearningCurves({ result, ...frame }: Frame & { result: ExperimentResult }) {
  const { width, height } = frame
  const history = result.runs[0]?.history
  const x = scaleLinear([1, Math.max(2, result.spec.epochs)], [margin.left, width - margin.right])
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top])
  const path = line<number | null>(
    (_, index) => x(index + 1),
    (value) => y(value ?? 0),
  )
    .defined((value) => value !== null)
    .digits(2)
  const ends = spreadApart(series.map(({ metric }) => y(history?.[metric].findLast((value) => value !== null) ?? 0)))
  return (
    <Chart {...frame} title={titleOf(result)} description={describe(result)}>
      <AxisX scale={x} title="epoch" width={width} height={height} />
      <AxisY scale={y} title="accuracy" width={width} />
      {series.map(({ name, metric }, index) => {
        const d = path(history?.[metric] ?? [])
        return (
          d && (
            <g key={name}>
              <path class={name} d={d} />
              <text class={name} x={width - margin.right + 8} y={round(ends[index]! + 4)}>
                {name}
              </text>
            </g>
          )
        )
      })}
    </Chart>
  )
}

/** The positions of two labels, moved apart where they would overlap. */
function spreadApart([first = 0, second = 0]: number[]): number[] {
  const overlap = Math.max(0, labelGap - Math.abs(first - second)) / 2
  const direction = first < second ? -1 : 1
  return [first + direction * overlap, second - direction * overlap]
}
