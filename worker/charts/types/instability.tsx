/**
 * The instability chart: the instability over a rolling window of epochs, with one line per experiment. Each line is of
 * the first run and ends at that run's instability.
 */
import { extent } from 'd3-array'
import { useMemo } from 'preact/hooks'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { successiveDeviation } from '#experiment/result/statistics.ts'
import { windowOf } from '#experiment/result/window.ts'

import { wide } from '../axes/curve-panels.ts'
import { horizontalTicks } from '../axes/curve-scales.ts'
import { AxisX, AxisY, Chart, round, type Box, type Frame, type Size } from '../axes/frame.tsx'
import { scaleLinear, scaleLog, type Scale } from '../axes/scale.ts'
import type { ChartType, Subject } from '../chart-type.ts'
import type { Explorer } from '../explorer.ts'
import { Mark } from '../marks/class-points.tsx'
import { CompactPath, type Column } from '../marks/compact-path.ts'
import { differencesInWords, titleOfSeveral } from '../text/experiment-names.ts'
import { decimal, digitsOf } from '../text/format.ts'
import { spreadApart } from '../text/spread-apart.ts'
import { takeawayOfSweep } from '../text/takeaway-of-several.ts'
import { textWidth } from '../text/text-width.ts'

/** The default ends of the axis, which include the tutorial's values. */
const usual = [0.001, 0.1] as const
/** The lower limit of the axis: a run below it no longer changes visibly. */
const least = 0.0001
const around = { left: 56, top: 32, bottom: 44, names: 22 }

interface Layout {
  box: Box
  x: Scale
  y: Scale
  lines: { name: string; values: Column }[]
}

/**
 * The instability of the first run over the window that ends at each epoch, [epochs]; null until the window is full.
 */
function instabilityByEpoch({ spec, runs: [run] }: ExperimentResult): Column {
  const accuracies = run?.history?.testAccuracy ?? []
  const window = windowOf(spec)
  return accuracies.map((_, index) => {
    const within = accuracies.slice(Math.max(0, index + 1 - window), index + 1).filter((value) => value !== null)
    return window > 1 && within.length === window ? successiveDeviation(within) : null
  })
}

function layoutOf({ results, varied }: Pick<Subject, 'results' | 'varied'>, { width, height }: Size): Layout {
  const lines = results.map((result) => ({
    name: differencesInWords(result, varied),
    values: instabilityByEpoch(result),
  }))
  const right = width - around.names - Math.max(...lines.map(({ name }) => textWidth(name)))
  const box = { left: around.left, top: around.top, right, bottom: height - around.bottom }
  const [low = usual[0], high = usual[1]] = extent(
    lines.flatMap(({ values }) => values.filter((value) => value !== null)),
  )
  const domain = [Math.min(usual[0], Math.max(least, low)), Math.max(usual[1], high)] as const
  const longest = Math.max(2, ...results.map(({ spec }) => spec.epochs))
  return {
    box,
    x: scaleLinear([0, longest], [box.left, box.right]),
    y: scaleLog(domain, [box.bottom, box.top]),
    lines,
  }
}

type InstabilityProps = Frame & Pick<Subject, 'results' | 'varied'>

/** Draws one line per result. */
function Instability({ results, varied, cursor, ...frame }: InstabilityProps) {
  const { width, height } = frame
  const layout = useMemo(() => layoutOf({ results, varied }, { width, height }), [results, varied, width, height])
  const still = useMemo(() => <Still layout={layout} />, [layout])
  return (
    <Chart
      {...frame}
      title={titleOfSeveral('Instability by epoch', results, varied)}
      description={() => takeawayOfSweep(results, varied)}
      over={cursor !== undefined && <Cursor layout={layout} stop={cursor} />}
    >
      {still}
    </Chart>
  )
}

function Still({ layout: { box, x, y, lines } }: { layout: Layout }) {
  const ticks = y.ticks(5).filter((value) => /^[125]/.test(value.toExponential()))
  const across = Array.from({ length: x.domain()[1] }, (_, index) => x(index + 1))
  const ends = lines.flatMap(({ name, values }, index) => {
    const last = values.filter((value) => value !== null).at(-1) ?? null
    return last === null ? [] : [{ name, index, y: y(last) }]
  })
  const heights = spreadApart(ends.map((end) => end.y))
  return (
    <g>
      <AxisX scale={x} box={box} title="epoch" ticks={horizontalTicks(x, box)} />
      <AxisY scale={y} box={box} title="instability up to there (log scale)" ticks={ticks} />
      {lines.map(({ name, values }, index) => {
        const line = new CompactPath().lines([values], across, y).toString()
        return line && <path key={name} class={`line class-${index}`} d={line} />
      })}
      {ends.map(({ name, index }, place) => (
        <g key={name} class={`class-${index}`}>
          <Mark label={index} x={box.right + 10} y={heights[place]!} />
          <text x={round(box.right + 20)} y={round(heights[place]! + 4.5)}>
            {name}
          </text>
        </g>
      ))}
    </g>
  )
}

/** The cursor: a vertical line and a dot on every curve. */
function Cursor({ layout: { box, x, y, lines }, stop }: { layout: Layout; stop: number }) {
  const at = round(x(stop + 1))
  return (
    <g>
      <line class="cursor" x1={at} x2={at} y1={box.top} y2={box.bottom} />
      {lines.map(({ name, values }, index) => {
        const value = values[stop] ?? null
        return value !== null && <circle key={name} class={`dot class-${index}`} cx={at} cy={round(y(value))} r={4} />
      })}
    </g>
  )
}

function exploreInstability({ box, x, lines }: Layout): Explorer {
  const where = (stop: number) => `epoch ${stop + 1}`
  return {
    stops: x.domain()[1],
    nearest: (at) =>
      at.x >= box.left - 8 && at.x <= box.right + 8 && at.y >= box.top && at.y <= box.bottom
        ? Math.round(x.invert(at.x)) - 1
        : undefined,
    read: (stop) =>
      `${where(stop)}: ${lines.map(({ name, values }) => `${name} ${decimal(values[stop], digitsOf.instability)}`).join('; ')}`,
    brief: where,
  }
}

const instability: ChartType = {
  summary: 'How the instability of several experiments came about, epoch by epoch',
  example: 'batchSize=4,32,full&epochs=100',
  isOfSeveral: true,
  needs: ['training', 'histories'],
  switches: [],
  height: (_, width) => Math.round(width * (width >= wide ? 0.5 : 0.95)),
  draw: ({ results, varied }, frame) => <Instability results={results} varied={varied} {...frame} />,
  explore: (subject, size) => exploreInstability(layoutOf(subject, size)),
  takeaway: ({ results, varied }) => takeawayOfSweep(results, varied),
}

export default instability
