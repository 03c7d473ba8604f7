/**
 * The drawing of a network: layers as columns of units, each with a picture of what it responds to, and weights as lines
 * between them. Positive weights are solid, negative ones dashed, and the larger the thicker.
 */
import { useMemo } from 'preact/hooks'

import type { NetworkView, UnitPicture } from '#experiment/result/network-view.ts'

import { Chart, round, type Frame } from '../axes/frame.tsx'
import { shortened } from '../text/text-width.ts'
import { columnHeading, layoutNetwork, networkInWords, type NetworkLayout, type PlacedUnit } from './network-layout.ts'

/** The steps of a line's width, and the widest in pixels. */
const [widths, widest] = [5, 4]
/** The steps of a picture's shade. */
const shades = 6

interface NetworkDrawingProps extends Frame {
  view: NetworkView
}

export function NetworkDrawing({ view, cursor, ...frame }: NetworkDrawingProps) {
  const { width, height } = frame
  const layout = useMemo(() => layoutNetwork(view, { width, height }), [view, width, height])
  const selected = cursor === undefined ? undefined : layout.units[cursor]
  const words = networkInWords(view)
  return (
    <Chart
      {...frame}
      title={words}
      description={() => words}
      over={selected && <Selected layout={layout} selected={selected} />}
    >
      <g class="network">
        <Lines layout={layout} />
        {layout.columns.map(({ layer, number, x, units }) => (
          <g key={number}>
            {columnHeading(layer, number).map((line, row) => (
              <text
                key={line}
                class="halo"
                x={round(x)}
                y={14 + 16 * row}
                text-anchor={anchorAt(x, width)}
                dx={offsetAt(x, width)}
              >
                {line}
              </text>
            ))}
            {units.map((unit) => (
              <Unit key={unit.unit.index} {...unit} layout={layout} width={width} />
            ))}
          </g>
        ))}
      </g>
    </Chart>
  )
}

/** Texts of the outermost columns begin or end with the drawing, those between are centered. */
const isLeft = (x: number) => x < 60
const isRight = (x: number, width: number) => x > width - 60
const anchorAt = (x: number, width: number) => (isLeft(x) ? 'start' : isRight(x, width) ? 'end' : 'middle')
const offsetAt = (x: number, width: number) =>
  isLeft(x) ? round(-x) : isRight(x, width) ? round(width - x) : undefined

type UnitProps = PlacedUnit & { layout: NetworkLayout; width: number }

/** A unit with its picture, or as a disc, and its name below. */
function Unit({ unit, layer, x, y, layout: { size, pitch }, width }: UnitProps) {
  const [left, top] = [round(x - size / 2), round(y - size / 2)]
  const look = layer.kind === 'output' ? `class-${unit.index}` : 'unit'
  return (
    <g class={look}>
      {unit.picture ? (
        <>
          <rect class="paper" x={left} y={top} width={size} height={size} />
          <Picture picture={unit.picture} left={left} top={top} size={size} />
          <rect class="frame" x={left} y={top} width={size} height={size} />
        </>
      ) : (
        <circle class="disc" cx={round(x)} cy={round(y)} r={round(size / 3)} />
      )}
      <text
        class="halo"
        x={round(x)}
        y={round(y + size / 2 + 14)}
        text-anchor={anchorAt(x, width)}
        dx={offsetAt(x, width)}
      >
        {shortened(unit.name, Math.max(size, pitch - 8))}
      </text>
    </g>
  )
}

/** The cells of a picture, with one path for each sign and shade. */
function Picture({
  picture: { values },
  left,
  top,
  size,
}: {
  picture: UnitPicture
  left: number
  top: number
  size: number
}) {
  const count = Math.sqrt(values.length)
  const cell = size / count
  const paths = new Map<number, string>()
  for (let row = 0; row < count; row++)
    for (let column = 0; column < count;) {
      const shade = Math.round(values[row * count + column]! * shades)
      const start = column
      while (column < count && Math.round(values[row * count + column]! * shades) === shade) column++
      if (shade === 0 || Number.isNaN(shade)) {
        column = Math.max(column, start + 1)
        continue
      }
      const [x, width] = [round(left + start * cell), round((column - start) * cell)]
      const step = `M${x} ${round(top + row * cell)}h${width}v${round(cell)}h${-width}z`
      paths.set(shade, (paths.get(shade) ?? '') + step)
    }
  return (
    <g shape-rendering="crispEdges">
      {Array.from(paths, ([shade, d]) => (
        <path key={shade} class={shade > 0 ? 'plus' : 'minus'} fill-opacity={round2(Math.abs(shade) / shades)} d={d} />
      ))}
    </g>
  )
}

const round2 = (value: number) => Math.round(value * 100) / 100

/** A line between two units. */
interface Line {
  weight: number
  /** Its width as a step, from 0. */
  step: number
  d: string
  from: PlacedUnit
  to: PlacedUnit
}

/** The lines of all weights between shown units, of which each layer's largest is the widest. */
function linesOf({ columns, size }: NetworkLayout): Line[] {
  return columns.flatMap(({ layer, units }, index) => {
    const before = columns[index - 1]
    if (!before) return []
    const largest = Math.max(...layer.weights.flat().map(Math.abs))
    return layer.weights.flatMap((row, at) =>
      row.map((weight, other): Line => {
        const [to, from] = [units[at]!, before.units[other]!]
        const step = Math.min(widths - 1, Math.floor((Math.abs(weight) / largest) * widths))
        const d = `M${round(from.x + size / 2)} ${round(from.y)}L${round(to.x - size / 2)} ${round(to.y)}`
        return { weight, step, d, from, to }
      }),
    )
  })
}

/** Lines as one path for each sign and width. */
function LinePaths({ lines }: { lines: readonly Line[] }) {
  const paths = new Map<string, { look: string; step: number; d: string }>()
  for (const { weight, step, d } of lines) {
    const look = weight < 0 ? 'minus' : 'plus'
    const key = `${look} ${step}`
    paths.set(key, { look, step, d: (paths.get(key)?.d ?? '') + d })
  }
  return (
    <>
      {Array.from(paths, ([key, { look, step, d }]) => (
        <path key={key} class={`weight ${look}`} stroke-width={round((widest * (step + 0.4)) / widths)} d={d} />
      ))}
    </>
  )
}

function Lines({ layout }: { layout: NetworkLayout }) {
  return (
    <g class="weights">
      <LinePaths lines={linesOf(layout)} />
    </g>
  )
}

/** A ring around the selected unit, and its weights once more. */
function Selected({ layout, selected }: { layout: NetworkLayout; selected: PlacedUnit }) {
  const { unit, number, x, y } = selected
  const isSelected = (one: PlacedUnit) => one.number === number && one.unit.index === unit.index
  const half = layout.size / 2 + 2
  return (
    <g class="network">
      <LinePaths lines={linesOf(layout).filter(({ from, to }) => isSelected(from) || isSelected(to))} />
      <rect class="ring" x={round(x - half)} y={round(y - half)} width={2 * half} height={2 * half} />
    </g>
  )
}
