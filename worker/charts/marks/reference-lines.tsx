/** Dotted reference lines with names: accuracies that need no training, to compare with. */
import type { Reference } from '#experiment/result/reference-accuracy.ts'

import { round, type Box } from '../axes/frame.tsx'
import type { Scale } from '../axes/scale.ts'
import { decimal } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'

interface ReferencesProps {
  references: readonly Reference[]
  box: Box
  y: Scale
  /** Whether names are drawn on the lines; if there is no space, they are elsewhere. */
  isNamed?: boolean
}

/** Draws the references that lie within the axis. */
export function ReferenceLines({ references, box, y, isNamed = false }: ReferencesProps) {
  const [from, to] = y.domain()
  return (
    <g>
      {references
        .filter(({ accuracy }) => accuracy >= from && accuracy <= to)
        .map(({ name, accuracy }) => {
          const height = round(y(accuracy))
          return (
            <g key={name}>
              <line class="reference" x1={box.left} x2={box.right} y1={height} y2={height} />
              {isNamed && textWidth(nameOf({ name, accuracy })) < box.right - box.left && (
                <text class="halo" x={box.right - 4} y={height - 5} text-anchor="end">
                  {nameOf({ name, accuracy })}
                </text>
              )}
            </g>
          )
        })}
    </g>
  )
}

function nameOf({ name, accuracy }: Reference): string {
  return `${name} ${decimal(accuracy, 2)}`
}
