/**
 * One cursor for the learning curves of all panels: its stops, the nearest stop to a position, and the values there.
 */
import type { SpecField } from '#experiment/spec/spec.ts'

import type { Area, Panel } from '../axes/curve-panels.ts'
import { isLogarithmic } from '../axes/curve-scales.ts'
import { round } from '../axes/frame.tsx'
import type { Explorer, Position } from '../explorer.ts'
import { differencesInWords } from '../text/experiment-names.ts'
import { decimal, wholeNumber } from '../text/format.ts'
import { spreadApart } from '../text/spread-apart.ts'
import { epochAtPosition, positionOfEpoch, type View } from '../view.ts'
import { panelLayers } from './curve-parts.ts'

/** The number of stops on an axis where epochs are not equally spaced. */
const stopsOfLogarithm = 200

/** The position of a stop on the horizontal axis. */
function positionOf({ whole: { x, box }, result }: Panel, view: View, stop: number): number {
  if (isLogarithmic(x)) return x.invert(box.left + ((stop + 0.5) / stopsOfLogarithm) * (box.right - box.left))
  return positionOfEpoch(result.spec, view, stop + 1)
}

/** The stop at a position of the horizontal axis. */
function stopAt({ whole: { x, box }, result }: Panel, view: View, position: number): number {
  if (isLogarithmic(x)) return Math.floor(((x(position) - box.left) / (box.right - box.left)) * stopsOfLogarithm)
  return Math.round(epochAtPosition(result.spec, view, position)) - 1
}

/** The epoch of a panel nearest to a position on the axis. */
function epochAt({ result: { spec } }: Panel, view: View, position: number): number {
  return Math.min(spec.epochs, Math.max(1, Math.round(epochAtPosition(spec, view, position))))
}

/** The panel that determines the cursor's stops: the one with the longest run. */
function leading(panels: readonly Panel[], view: View): Panel {
  const length = ({ result: { spec } }: Panel) => positionOfEpoch(spec, view, spec.epochs)
  return panels.reduce((longest, panel) => (length(panel) > length(longest) ? panel : longest))
}

/** The explorer of the panels of a chart. */
export function exploreCurves(panels: readonly Panel[], varied: readonly SpecField[], view: View): Explorer {
  const lead = leading(panels, view)
  const isLog = isLogarithmic(lead.whole.x)
  const where = (stop: number) =>
    view.axis === 'updates' ? `update ${wholeNumber(positionOf(lead, view, stop))}` : `epoch ${stop + 1}`
  return {
    stops: isLog ? stopsOfLogarithm : lead.result.spec.epochs,
    nearest: (at, began) => {
      const area = panels.flatMap(areasOf).find(({ box }) => isNear(box, began ?? at))
      if (!area) return undefined
      const { left, right } = area.box
      return stopAt(lead, view, area.x.invert(began ? Math.max(left, Math.min(right, at.x)) : at.x))
    },
    read: (stop) => {
      const values = panels.map((panel) => {
        const read = valuesAt(panel, view, epochAt(panel, view, positionOf(lead, view, stop)))
        return panels.length === 1 ? read.join(', ') : `${differencesInWords(panel.result, varied)} ${read.at(-1)}`
      })
      return `${where(stop)}: ${values.join('; ')}`
    },
    brief: (stop) => {
      if (panels.length > 1) return where(stop)
      return `${where(stop)}: ${valuesAt(lead, view, epochAt(lead, view, positionOf(lead, view, stop))).join(', ')}`
    },
  }
}

/** The areas of a panel that the cursor passes through. */
function areasOf(panel: Panel): Area[] {
  return panel.detail ? [panel.detail, panel.whole] : [panel.whole]
}

/** Whether a position is in or just beside an area. */
function isNear({ left, right, top, bottom }: Area['box'], { x, y }: Position): boolean {
  return x >= left - 8 && x <= right + 8 && y >= top - 18 && y <= bottom + 8
}

/** The values of a panel's lines at an epoch: `train 0.590`, `test 0.652`. */
export function valuesAt(panel: Pick<Panel, 'result' | 'isSmall' | 'compared'>, view: View, epoch: number): string[] {
  const position = positionOfEpoch(panel.result.spec, view, epoch)
  return panelLayers(panel, view, 'whole').map(
    ({ result, label, main }) => `${label} ${decimal(main[epochOf(result, view, position) - 1])}`,
  )
}

/** The last epoch of a result that is over at a position of the axis; one more than it has, if it ends before. */
function epochOf({ spec }: Pick<Panel['result'], 'spec'>, view: View, position: number): number {
  return Math.floor(epochAtPosition(spec, view, position) + 1e-9)
}

interface CurvesCursorProps {
  panel: Panel
  panels: readonly Panel[]
  view: View
  /** A stop, or a position between two of them, where the last epoch's values still hold. */
  stop: number
}

/** Draws the cursor in the areas of a panel: a line, a dot on each curve, and the values in the first of them. */
export function CurvesCursor({ panel, view, panels, stop }: CurvesCursorProps) {
  const position = positionOf(leading(panels, view), view, stop)
  const { spec } = panel.result
  const isBetween = !Number.isInteger(stop)
  const epoch = isBetween ? Math.floor(epochAtPosition(spec, view, position)) : epochAt(panel, view, position)
  const at = isBetween ? position : positionOfEpoch(spec, view, epoch)
  const areas = areasOf(panel).filter(({ part, from }) => part === 'whole' || at >= positionOfEpoch(spec, view, from))
  return (
    <g>
      {areas.map((area, index) => (
        <AreaCursor key={area.part} panel={panel} area={area} view={view} epoch={epoch} at={at} isNamed={index === 0} />
      ))}
    </g>
  )
}

interface AreaCursorProps extends Pick<CurvesCursorProps, 'panel' | 'view'> {
  area: Area
  /** The epoch whose values are shown; 0 if none is complete. */
  epoch: number
  /** The position of the line in units of the axis. */
  at: number
  /** Whether it shows the values. */
  isNamed: boolean
}

function AreaCursor({ panel, area, view, epoch, at: place, isNamed }: AreaCursorProps) {
  const { part, box, x, y } = area
  const { isSmall } = panel
  const at = round(x(place))
  const dots = panelLayers(panel, view, part).flatMap(({ result, name, main }) => {
    const own = result === panel.result ? epoch : epochOf(result, view, place)
    const value = main[own - 1] ?? null
    return value === null
      ? []
      : [{ name, value, x: round(x(positionOfEpoch(result.spec, view, own))), y: round(y(value)) }]
  })
  const isLeft = at > (box.left + box.right) / 2
  // In a small panel, the values are placed where there is no curve.
  const heights = isSmall ? dots.map((_, index) => box.bottom - 10 - 17 * index) : spreadApart(dots.map((dot) => dot.y))
  return (
    <g>
      <line class="cursor" x1={at} x2={at} y1={round(box.top)} y2={round(box.bottom)} />
      {dots.map(({ name, value, x: from, y: height }, index) => (
        <g key={name}>
          <circle class={`dot ${name}`} cx={from} cy={height} r={4} />
          {isNamed && (
            <text
              class={`${name} halo`}
              x={isLeft ? at - 9 : at + 9}
              y={round(heights[index]! + 4.5)}
              text-anchor={isLeft ? 'end' : 'start'}
            >
              {decimal(value)}
            </text>
          )}
        </g>
      ))}
    </g>
  )
}
