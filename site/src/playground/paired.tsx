/**
 * The differences between two experiments, seed by seed: a dot a pair, their mean and its 95 % interval.
 */
import { decimal, tick } from '#charts/format.ts'
import { round } from '#charts/frame.tsx'
import { scaleLinear } from '#charts/scale.ts'
import type { ComparedQuantity, Comparison } from '#experiment/result.ts'

import { toldQuantities, type Told } from './compared.ts'

const width = 320
const height = 64
const room = { left: 8, right: 8, bottom: 18 }
/** Dots of neighbors stand at other heights, so that they do not cover each other. */
const lanes = 5

/** A strip for each quantity. */
export function Paired({ comparison }: { comparison: Comparison }) {
  return (
    <div class="paired">
      {toldQuantities.map((told) => (
        <Strip
          key={told.quantity}
          told={told}
          compared={comparison.quantities[told.quantity]}
          seeds={comparison.seeds}
        />
      ))}
    </div>
  )
}

function Strip({ told, compared, seeds }: { told: Told; compared: ComparedQuantity; seeds: readonly number[] }) {
  const { differences, difference } = compared
  const pairs = differences.flatMap((value, index) => (value === null ? [] : [{ seed: seeds[index]!, value }]))
  const values = pairs.map(({ value }) => value)
  if (values.length === 0) return null
  const ends = [0, ...values, difference.low ?? 0, difference.high ?? 0]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const around = (most - least) * 0.06 || 0.001
  const x = scaleLinear([least - around, most + around], [room.left, width - room.right])
  const middle = (height - room.bottom) / 2
  const { value, low, high } = difference
  return (
    <figure>
      <figcaption>
        {told.title}: the difference, a dot a seed
        {low !== null && high !== null && `; mean ${decimal(value, told.digits)}`}
      </figcaption>
      <svg
        class="chart"
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={`Differences in ${told.title} of ${values.length} pairs of runs, from ${decimal(Math.min(...values), told.digits)} to ${decimal(Math.max(...values), told.digits)}`}
      >
        <line class="cursor" x1={round(x(0))} x2={round(x(0))} y1={2} y2={height - room.bottom} />
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
        {x.ticks(4).map((at) => (
          <text key={at} x={round(x(at))} y={height - 4} text-anchor="middle">
            {at === 0 ? 'equal' : tick(at)}
          </text>
        ))}
      </svg>
    </figure>
  )
}
