/**
 * A dot plot of the paired differences between two experiments in one quantity: one dot per seed, with their mean and
 * its 95 % interval.
 */
import type { ComparedQuantity } from '#experiment/result/result.ts'

import { round } from '../axes/frame.tsx'
import { scaleLinear } from '../axes/scale.ts'
import { decimal, tick } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'

const width = 320
const height = 64
/** The margin at both ends, which grows if a tick label needs more. */
const margin = 8
const bottom = 18
/** The least gap between tick labels. */
const labelGap = 8
/** Neighboring dots are drawn at different heights, so that they do not cover each other. */
const lanes = 5

interface DifferencesProps {
  /** The name of the quantity, and its number of decimals. */
  title: string
  digits: number
  compared: ComparedQuantity
  /** The seeds of the pairs. */
  seeds: readonly number[]
}

/** The dot plot. Renders nothing if fewer than two pairs have the quantity, because one difference is just a number. */
export function Differences({ title, digits, compared, seeds }: DifferencesProps) {
  const { differences, difference } = compared
  const pairs = differences.flatMap((value, index) => (value === null ? [] : [{ seed: seeds[index]!, value }]))
  const values = pairs.map(({ value }) => value)
  if (values.length < 2) return null
  const ends = [0, ...values, difference.low ?? 0, difference.high ?? 0]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const padding = (most - least) * 0.06 || 0.001
  const { x, labels } = scaleOf([least - padding, most + padding])
  const middle = (height - bottom) / 2
  const { value, low, high } = difference
  return (
    <figure>
      <figcaption>
        {title}: the difference, a dot a seed
        {low !== null && high !== null && `; mean ${decimal(value, digits)}`}
      </figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Differences in ${title} of ${values.length} pairs of runs, from ${decimal(Math.min(...values), digits)} to ${decimal(Math.max(...values), digits)}`}
      >
        <line class="cursor" x1={round(x(0))} x2={round(x(0))} y1={2} y2={height - bottom} />
        {pairs.map(({ seed, value: one }, index) => (
          <circle
            key={seed}
            class="test pair"
            cx={round(x(one))}
            cy={round(middle + ((index % lanes) - (lanes - 1) / 2) * 7)}
            r={3}
          />
        ))}
        {low !== null && high !== null && value !== null && (
          <g class="interval">
            <path d={`M${round(x(low))} ${middle}H${round(x(high))}`} />
            <path d={`M${round(x(value))} ${middle - 14}v28`} />
          </g>
        )}
        {labels.map(({ at, text }) => (
          <text key={at} x={round(x(at))} y={height - 4} text-anchor="middle">
            {text}
          </text>
        ))}
      </svg>
    </figure>
  )
}

/** The scale of the plot and its tick labels: as many as fit without overlap, each within the drawing. */
function scaleOf(domain: readonly [number, number]) {
  for (let count = 4; ; count--) {
    const whole = scaleLinear(domain, [0, width])
    const labels = whole.ticks(count).map((at) => ({ at, text: at === 0 ? 'equal' : tick(at) }))
    const halves = labels.map(({ text }) => textWidth(text) / 2)
    // A label that does not fit at an end moves that end inwards; the other labels move less.
    const left = Math.max(margin, ...labels.map(({ at }, index) => halves[index]! - whole(at) + margin))
    const right = Math.max(margin, ...labels.map(({ at }, index) => halves[index]! + whole(at) - width + margin))
    const x = scaleLinear(domain, [left, width - right])
    const areApart = labels.every(
      ({ at }, index) =>
        index === 0 || x(at) - x(labels[index - 1]!.at) >= halves[index]! + halves[index - 1]! + labelGap,
    )
    if (areApart || count === 1) return { x, labels }
  }
}
