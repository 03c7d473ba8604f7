/**
 * The chart of logs: metrics along their trainings and, beside it or below, their enlarged last quarter, over which
 * instability is measured. As many points are drawn as there are pixels, and no value is smoothed away.
 */
import { useMemo } from 'preact/hooks'

import { AxisX, AxisY, Chart, round, type Frame, type Size } from '#charts/axes/frame.tsx'
import type { Explorer } from '#charts/explorer.ts'
import { CompactPath } from '#charts/marks/compact-path.ts'
import { Tinted } from '#charts/marks/last-quarter.tsx'
import { decade, tick } from '#charts/text/format.ts'

import { number, place } from '../logs/numbers-in-words.ts'
import { thinLine } from '../logs/thin-line.ts'
import { logChartHeight, logLayout, type LogArea, type LogDrawing, type LogLayout, type LogLine } from './log-layout.ts'

interface LogChartProps extends Frame {
  drawing: LogDrawing
}

function LogCurves({ drawing, cursor, ...frame }: LogChartProps) {
  const { width, height } = frame
  const layout = useMemo(() => logLayout(drawing, { width, height }), [drawing, width, height])
  const still = useMemo(() => <StillCurves layout={layout} lines={drawing.lines} />, [layout, drawing])
  return (
    <Chart
      {...frame}
      title={drawing.title}
      description={() => drawing.title}
      over={cursor !== undefined && <CursorOfLog layout={layout} drawing={drawing} stop={cursor} />}
    >
      {still}
    </Chart>
  )
}

function StillCurves({ layout: { whole, detail, legend }, lines }: { layout: LogLayout; lines: readonly LogLine[] }) {
  const xName = lines[0]!.series.xName
  const zone = detail && {
    left: whole.x(detail.x.domain()[0]),
    right: whole.box.right,
    top: whole.y(detail.y.domain()[1]),
    bottom: whole.y(detail.y.domain()[0]),
  }
  return (
    <g>
      {legend.map(({ x, y, line }) => (
        <g key={line.label}>
          <path class={`line ${line.look}`} d={`M${round(x + 2)} ${round(y - 4)}h16`} />
          <text class="strong" x={round(x + 24)} y={y}>
            {line.label}
          </text>
        </g>
      ))}
      {lines.every(({ series }) => !series.y.some(Number.isFinite)) && (
        <text
          class="diverged halo"
          x={round((whole.box.left + whole.box.right) / 2)}
          y={round((whole.box.top + whole.box.bottom) / 2)}
          text-anchor="middle"
        >
          no finite value
        </text>
      )}
      {zone && <Tinted {...zone} />}
      {detail && <Tinted {...detail.box} />}
      {[whole, ...(detail ? [detail] : [])].map((area, index) => (
        <g key={index === 0 ? 'whole' : 'detail'}>
          <AxisX
            scale={area.x}
            box={area.box}
            title={xName}
            ticks={area.x.ticks(area.box.right - area.box.left > 260 ? 6 : 4)}
            isTight
          />
          <AxisY
            scale={area.y}
            box={area.box}
            title={index === 0 ? (area.y.isLogarithmic ? 'log scale' : '') : 'the last quarter'}
            ticks={ticksOf(area)}
            format={area.y.isLogarithmic ? decade : tick}
          />
          {lines.map((line) => (
            <LineOfLog key={line.label} line={line} area={area} />
          ))}
        </g>
      ))}
    </g>
  )
}

function ticksOf({ y }: LogArea): number[] {
  const ticks = y.ticks(y.isLogarithmic ? 6 : 4)
  if (ticks.length <= 8) return ticks
  const round125 = ticks.filter((value) => /^[125]/.test(value.toExponential()))
  if (round125.length <= 8) return round125
  const decades = ticks.filter((value) => /^1(e|\.0*e)/.test(value.toExponential()))
  const every = Math.ceil(decades.length / 8)
  return decades.filter((_, index) => index % every === 0)
}

function LineOfLog({ line: { look, series, best }, area }: { line: LogLine; area: LogArea }) {
  const [from, to] = area.x.domain()
  const isIn = (x: number) => x >= from && x <= to
  const pathOf = (xs: Float64Array, ys: Float64Array) => {
    const first = xs.findIndex(isIn)
    if (first < 0) return ''
    const across = Float64Array.from(xs.subarray(first), area.x)
    const thin = thinLine(across, ys.subarray(first))
    return new CompactPath().lines([thin.values], thin.across, area.y).toString()
  }
  const old = series.replaced.x.length > 0 ? pathOf(series.replaced.x, series.replaced.y) : ''
  const path = pathOf(series.x, series.y)
  let end = series.y.length - 1
  while (end >= 0 && !Number.isFinite(series.y[end])) end--
  const isBroken = end >= 0 && end < series.y.length - 1 && isIn(series.x[end]!)
  const cross = isBroken ? { x: round(area.x(series.x[end]!)), y: round(area.y(series.y[end]!)) } : undefined
  return (
    <g>
      {old && <path class={`line seeds ${look}`} d={old} />}
      {path && <path class={`line ${look}`} d={path} />}
      {best && isIn(best.x) && (
        <circle class={`mark hollow ${look}`} cx={round(area.x(best.x))} cy={round(area.y(best.value))} r={4.5} />
      )}
      {cross && (
        <>
          <path class="line cross diverged" d={`M${cross.x - 4} ${cross.y - 4}l8 8m-8 0l8-8`} />
          <text
            class="diverged halo"
            x={cross.x + (cross.x > area.box.right - 70 ? -9 : 9)}
            y={cross.y + 4.5}
            text-anchor={cross.x > area.box.right - 70 ? 'end' : undefined}
          >
            diverged
          </text>
        </>
      )}
    </g>
  )
}

/** The index of the last value at or before a place; 0 if all come after it. */
function indexAt(xs: Float64Array, x: number): number {
  let [low, high] = [0, xs.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (xs[middle]! <= x) low = middle
    else high = middle - 1
  }
  return low
}

function CursorOfLog({ layout, drawing, stop }: { layout: LogLayout; drawing: LogDrawing; stop: number }) {
  const x = drawing.lines.at(-1)!.series.x[stop] ?? 0
  const areas = [layout.whole, layout.detail].filter((area) => area !== undefined && x >= area.x.domain()[0])
  return (
    <g>
      {areas.map((area) => {
        const at = round(area!.x(x))
        return (
          <g key={area!.box.left + area!.box.top}>
            <line class="cursor" x1={at} x2={at} y1={area!.box.top} y2={area!.box.bottom} />
            {drawing.lines.map(({ label, look, series }) => {
              const value = series.y[indexAt(series.x, x)]!
              return Number.isFinite(value) && series.x[0]! <= x ? (
                <circle key={label} class={`dot ${look}`} cx={at} cy={round(area!.y(value))} r={4} />
              ) : null
            })}
          </g>
        )
      })}
    </g>
  )
}

function exploreLogs(drawing: LogDrawing, size: Size): Explorer {
  const { whole, detail } = logLayout(drawing, size)
  const main = drawing.lines.at(-1)!.series
  const valuesAt = (x: number) =>
    [...drawing.lines]
      .reverse()
      .filter(({ series }) => series.x[0]! <= x)
      .map(({ label, series }) => `${label} ${number(series.y[indexAt(series.x, x)])}`)
      .join(', ')
  const read = (stop: number) => `${place(main.xName, main.x[stop] ?? 0)}: ${valuesAt(main.x[stop] ?? 0)}`
  return {
    stops: main.x.length,
    nearest: ({ x, y }) => {
      const area = [detail, whole].find(
        (one) =>
          one && x >= one.box.left - 8 && x <= one.box.right + 8 && y >= one.box.top - 8 && y <= one.box.bottom + 8,
      )
      if (!area) return undefined
      const at = area.x.invert(x)
      const below = indexAt(main.x, at)
      const above = Math.min(below + 1, main.x.length - 1)
      return Math.abs(main.x[above]! - at) < Math.abs(at - main.x[below]!) ? above : below
    },
    read,
    brief: read,
  }
}

/** The chart, as `Explored` takes it. */
export const logChart = {
  height: logChartHeight,
  draw: (drawing: LogDrawing, frame: Frame) => <LogCurves drawing={drawing} {...frame} />,
  explore: exploreLogs,
}
