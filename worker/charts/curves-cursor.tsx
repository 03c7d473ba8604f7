/**
 * One cursor through the curves of all panels: where it can stop, which stop is nearest, what it reads there.
 */
import type { SpecField } from '#experiment/spec.ts'

import { mainLine } from './curves.tsx'
import type { Explorer } from './explorer.ts'
import { decimal, whole } from './format.ts'
import { round } from './frame.tsx'
import type { Panel } from './panels.ts'
import { isLogarithmic } from './scales.ts'
import { spreadApart } from './spread-apart.ts'
import { linesOf, unitsPerEpoch, type View } from './view.ts'
import { apartInWords } from './words.ts'

/** Stops of an axis on which epochs are not equally far apart. */
const stopsOfLogarithm = 200

/** Where on the horizontal axis a stop lies. */
function positionOf(panel: Panel, view: View, stop: number): number {
  const { x, box, result } = panel
  if (isLogarithmic(x)) return x.invert(box.left + ((stop + 0.5) / stopsOfLogarithm) * (box.right - box.left))
  return (stop + 1) * unitsPerEpoch(result.spec, view)
}

/** The epoch of a panel that is nearest to a position of the axis. */
function epochAt({ result: { spec } }: Panel, view: View, position: number): number {
  return Math.min(spec.epochs, Math.max(1, Math.round(position / unitsPerEpoch(spec, view))))
}

/** The panel whose epochs lie closest together decides where the cursor can stop. */
function leading(panels: readonly Panel[], view: View): Panel {
  const length = ({ result: { spec } }: Panel) => spec.epochs * unitsPerEpoch(spec, view)
  return panels.reduce((longest, panel) => (length(panel) > length(longest) ? panel : longest))
}

/** What the cursor can do in the panels of a chart. */
export function exploreCurves(panels: readonly Panel[], varied: readonly SpecField[], view: View): Explorer {
  const lead = leading(panels, view)
  const isLog = isLogarithmic(lead.x)
  const where = (stop: number) =>
    view.axis === 'updates' ? `update ${whole(positionOf(lead, view, stop))}` : `epoch ${stop + 1}`
  return {
    stops: isLog ? stopsOfLogarithm : lead.result.spec.epochs,
    nearest: ({ x, y }) => {
      const inside = ({ box }: Panel) =>
        x >= box.left - 8 && x <= box.right + 8 && y >= box.top - 40 && y <= box.bottom + 8
      const panel = panels.find(inside)
      if (!panel) return undefined
      const { box } = panel
      if (isLog) return Math.floor(((x - box.left) / (box.right - box.left)) * stopsOfLogarithm)
      return Math.round(panel.x.invert(x) / unitsPerEpoch(lead.result.spec, view)) - 1
    },
    read: (stop) => {
      const values = panels.map((panel) => {
        const read = valuesAt(panel, view, positionOf(lead, view, stop))
        return panels.length === 1 ? read.join(', ') : `${apartInWords(panel.result, varied)} ${read.at(-1)}`
      })
      return `${where(stop)}: ${values.join('; ')}`
    },
    brief: (stop) => {
      if (panels.length > 1) return where(stop)
      return `${where(stop)}: ${valuesAt(lead, view, positionOf(lead, view, stop)).join(', ')}`
    },
  }
}

/** The values of a panel's lines at a position of the axis. */
function valuesAt(panel: Panel, view: View, position: number): string[] {
  const epoch = epochAt(panel, view, position)
  return linesOf(view).map(({ name, metric }) => `${name} ${decimal(mainLine(panel, view, metric)[epoch - 1])}`)
}

/** Draws the cursor in a panel: a line, a dot on each curve, and the values. */
export function CurvesCursor({
  panel,
  view,
  panels,
  stop,
}: {
  panel: Panel
  panels: readonly Panel[]
  view: View
  stop: number
}) {
  const { result, box, x, y } = panel
  const position = positionOf(leading(panels, view), view, stop)
  const epoch = epochAt(panel, view, position)
  const at = round(x(epoch * unitsPerEpoch(result.spec, view)))
  const dots = linesOf(view).flatMap(({ name, metric }) => {
    const value = mainLine(panel, view, metric)[epoch - 1]
    return value === null || value === undefined ? [] : [{ name, value, y: round(y(value)) }]
  })
  const isLeft = at > (box.left + box.right) / 2
  // In a small panel the values stand where no curve is.
  const heights =
    panels.length > 1 ? dots.map((_, index) => box.bottom - 10 - 17 * index) : spreadApart(dots.map((dot) => dot.y))
  return (
    <g>
      <line class="cursor" x1={at} x2={at} y1={box.top} y2={box.bottom} />
      {dots.map(({ name, value, y: height }, index) => (
        <g key={name}>
          <circle class={`dot ${name}`} cx={at} cy={height} r={4} />
          <text
            class={`${name} halo`}
            x={isLeft ? at - 9 : at + 9}
            y={round(heights[index]! + 4.5)}
            text-anchor={isLeft ? 'end' : 'start'}
          >
            {decimal(value)}
          </text>
        </g>
      ))}
    </g>
  )
}
