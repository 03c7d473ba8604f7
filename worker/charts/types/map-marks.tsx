/** The graphics of a map: color fills, outlines and marks of cells, and the legend that explains them. */
import { round, type Box } from '../axes/frame.tsx'
import { textWidth } from '../text/text-width.ts'
import { patternWords, swatchRoom, widthOfKey, type MapLayout, type Pattern } from './map-cells.ts'
import { lastStep, steps } from './map-colors.ts'

/** The size of the legend's color swatches in pixels. */
const swatch = { width: 20, height: 12, gap: 6 }
/** The size of a mark at the edge of its cell, in pixels. */
const stripe = { inset: 3, height: 5, bar: 3, every: 7, dot: 2.4 }

/** How far inside its cell the ring of the present settings is, and the radius of its corners. */
const ringInset = 3.5
const ringRadius = 7

/** The legend: the quantity, the color scale, and the meaning of the marks. */
export function MapLegend({ layout: { legend }, width }: { layout: MapLayout; width: number }) {
  const { lines, ends, patterns } = legend
  const under = lines.length * 17
  const [low = '', high = ''] = ends ?? []
  const texts = textWidth(low) + textWidth(high) + 2 * swatch.gap
  const each = Math.min(swatch.width, (width - texts) / (lastStep + 1))
  const from = textWidth(low) + swatch.gap
  const above = under + (ends ? swatchRoom : 0)
  return (
    <g>
      {lines.map((line, index) => (
        <text key={line} class="strong" x={0} y={16 + 17 * index}>
          {line}
        </text>
      ))}
      {ends && (
        <g>
          <text x={0} y={under + 17}>
            {low}
          </text>
          {steps.map(([hue, ink], step) => (
            <Fill
              key={`${hue} ${ink}`}
              step={step}
              left={round(from + step * each)}
              top={under + 7}
              width={round(each)}
              height={swatch.height}
            />
          ))}
          <text x={round(from + (lastStep + 1) * each + swatch.gap)} y={under + 17}>
            {high}
          </text>
        </g>
      )}
      {patterns.map((line, index) => (
        <g key={line[0]}>
          {line.map((pattern, place) => {
            const left = line.slice(0, place).reduce((sum, before) => sum + Math.round(widthOfKey(before)), 0.5)
            const top = above + 17 * index
            const sample = { left, right: left + 28, top: top + 4.5, bottom: top + 17.5 }
            return (
              <g key={pattern}>
                <Outline {...sample} />
                <path fill="currentColor" d={patternIn(pattern, sample)} />
                <text x={round(left + 36)} y={top + 16}>
                  {patternWords[pattern]}
                </text>
              </g>
            )
          })}
        </g>
      ))}
    </g>
  )
}

interface FillProps {
  step: number
  left: number
  top: number
  width: number
  height: number
}

/** A rectangle in the color of a step. */
export function Fill({ step, left, top, width, height }: FillProps) {
  const [hue, ink] = steps[step]!
  const place = { x: left, y: top, width, height }
  return (
    <>
      <rect class="cell class-1" fill="currentColor" fill-opacity={hue} {...place} />
      {ink > 0 && <rect class="cell" fill="currentColor" fill-opacity={ink} {...place} />}
    </>
  )
}

export function Outline({ left, right, top, bottom }: Box) {
  return <rect class="grid" fill="none" x={left} y={top} width={round(right - left)} height={round(bottom - top)} />
}

/** The path of a cell's mark: bars along its lower edge, or dots along its upper one. */
export function patternIn(pattern: Pattern, { left, right, top, bottom }: Box): string {
  const { inset, height, bar, every, dot } = stripe
  const shapes: string[] = []
  const low = round(bottom - inset)
  for (let x = left + inset; x + bar + height <= right - inset + 0.01; x += every)
    shapes.push(
      pattern === 'diverged'
        ? `M${round(x)} ${low}l${height} ${-height}h${bar}l${-height} ${height}z`
        : `M${round(x + 2)} ${round(top + inset)}h${dot}v${dot}h${-dot}z`,
    )
  return shapes.join('')
}

/** The path of a hatching over a box, from lower left to upper right. */
export function hatchingOf({ left, right, top, bottom }: Box): string {
  const height = bottom - top
  const lines: string[] = []
  for (let x = left - height + 6; x < right; x += 9) {
    const from = Math.max(left, x)
    const to = Math.min(right, x + height)
    lines.push(`M${round(from)} ${round(bottom - (from - x))}l${round(to - from)} ${round(from - to)}`)
  }
  return lines.join('')
}

/** An outline around a set of cells: their edges that do not lie between two of them. */
export function EqualOutline({ boxes }: { boxes: readonly Box[] }) {
  const d = outlineOf(boxes)
  return (
    <>
      <path class="halo equal" fill="none" d={d} />
      <path class="ring equal" d={d} />
    </>
  )
}

/** The path of an outline around boxes of a grid. */
export function outlineOf(boxes: readonly Box[]): string {
  const corner = (x: number, y: number) => `${round(x)} ${round(y)}`
  const edges = boxes.flatMap(({ left, top, right, bottom }) => [
    { from: corner(left, top), to: corner(right, top) },
    { from: corner(right, top), to: corner(right, bottom) },
    { from: corner(right, bottom), to: corner(left, bottom) },
    { from: corner(left, bottom), to: corner(left, top) },
  ])
  // Clockwise around each cell, so an edge between two cells occurs once in each direction.
  const isThere = new Set(edges.map(({ from, to }) => `${from} ${to}`))
  return edges
    .filter(({ from, to }) => !isThere.has(`${to} ${from}`))
    .map(({ from, to }) => `M${from}L${to}`)
    .join('')
}

/** The ring in the cell of the present settings, inside its edges. */
export function CurrentRing({ box: { left, right, top, bottom } }: { box: Box }) {
  const place = {
    x: round(left + ringInset),
    y: round(top + ringInset),
    width: round(right - left - 2 * ringInset),
    height: round(bottom - top - 2 * ringInset),
    rx: ringRadius,
  }
  return (
    <>
      <rect class="halo" fill="none" {...place} />
      <rect class="ring" {...place} />
    </>
  )
}
