/**
 * The gradient noise chart: the simple noise scale of the first run by epoch, and the batch size as a horizontal line
 * with a step where it changes. Where more than half of a batch's squared gradient is noise, the curve lies above a
 * shaded band. The band begins at the line of the batch size, or above it if a batch is a large part of all examples.
 */
import { extent } from 'd3-array'
import { useMemo } from 'preact/hooks'

import type { GradientNoise as Noise } from '#experiment/result/gradient-noise.ts'
import { varianceOfMean } from '#experiment/result/noise-scale.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { wide } from '../axes/curve-panels.ts'
import { horizontalTicks } from '../axes/curve-scales.ts'
import { AxisX, AxisY, Chart, round, type Box, type Frame, type Size } from '../axes/frame.tsx'
import { niceLog, scaleLinear, scaleLog, type Scale } from '../axes/scale.ts'
import { present, type ChartType } from '../chart-type.ts'
import type { Explorer } from '../explorer.ts'
import { CompactPath } from '../marks/compact-path.ts'
import { settingInWords, titleOfNoise } from '../text/experiment-names.ts'
import { amount, decade, percent, wholeNumber } from '../text/format.ts'
import { takeawayOfNoise } from '../text/takeaway-of-noise.ts'
import { textWidth } from '../text/text-width.ts'

/** The default ends of the axis, which include most of the tutorial's values. */
const usual = [1, 1000] as const
/** The limits of the axis: below them there is no noise, and above them no gradient is left. */
const bounds = [0.01, 1e9] as const
const around = { left: 40, top: 32, right: 18, bottom: 44 }
const above = 'more noise than gradient'

interface Layout {
  box: Box
  x: Scale
  y: Scale
  noise: Noise
}

function layoutOf(noise: Noise, { width, height }: Size): Layout {
  const box = { left: around.left, top: around.top, right: width - around.right, bottom: height - around.bottom }
  const [low = usual[0], high = usual[1]] = extent([
    ...noise.batchSize,
    ...noise.noiseScale.filter((value) => value !== null),
  ])
  const domain = niceLog([Math.min(usual[0], Math.max(bounds[0], low)), Math.max(usual[1], Math.min(bounds[1], high))])
  return {
    box,
    x: scaleLinear([0, noise.epochs.at(-1)!], [box.left, box.right]),
    y: scaleLog(domain, [box.bottom, box.top]),
    noise,
  }
}

interface GradientNoiseProps extends Frame {
  result: ExperimentResult
  noise: Noise
}

/** Draws the gradient noise of a result's first run. */
function GradientNoise({ result, noise, cursor, ...frame }: GradientNoiseProps) {
  const { width, height } = frame
  const layout = useMemo(() => layoutOf(noise, { width, height }), [noise, width, height])
  const still = useMemo(() => <Still layout={layout} result={result} />, [layout, result])
  return (
    <Chart
      {...frame}
      title={titleOfNoise(result)}
      description={() => takeawayOfNoise(result, noise)}
      over={cursor !== undefined && <Cursor layout={layout} stop={cursor} />}
    >
      {still}
    </Chart>
  )
}

/** A step line through the batch sizes. */
function stepsOf(sizes: readonly number[], across: readonly number[], y: Scale): string {
  const path = new CompactPath()
  path.moveTo(across[0]!, y(sizes[0]!))
  sizes.forEach((size, index) => {
    const before = sizes[index - 1] ?? size
    if (size === before) return
    path.lineTo(across[index]!, y(before))
    path.lineTo(across[index]!, y(size))
  })
  path.lineTo(across.at(-1)!, y(sizes.at(-1)!))
  return path.toString()
}

function Still({ layout: { box, x, y, noise }, result: { spec } }: { layout: Layout; result: ExperimentResult }) {
  const { epochs, noiseScale, batchSize, diverged } = noise
  const across = epochs.map((epoch) => x(epoch))
  const line = new CompactPath().lines([noiseScale], across, y).toString()
  // The noise scale at which half of a batch's squared gradient is noise; infinite at full batch.
  const half = batchSize.map((size) => 1 / varianceOfMean(spec, size))
  const over = noiseScale.map((value, index) => (value === null ? null : Math.max(value, half[index]!)))
  const edge = over.map((value, index) => (value === null ? null : half[index]!))
  const isAbove = over.some((value, index) => value !== null && value > half[index]!)
  const zone = isAbove && new CompactPath().area(edge, over, across, y).toString()
  const last = noiseScale.filter((value) => value !== null).at(-1) ?? null
  const size = batchSize.at(-1)!
  const isOneSize = batchSize.every((one) => one === size)
  const height = y(size)
  return (
    <g>
      <AxisX scale={x} box={box} title="epoch" ticks={horizontalTicks(x, box)} />
      <AxisY
        scale={y}
        box={box}
        title="noise scale, in examples (log scale)"
        ticks={y.ticks(5).filter((value) => value.toExponential().startsWith('1'))}
        format={decade}
      />
      {zone && <path class="band class-1" d={zone} />}
      <path class="line class-0" d={stepsOf(batchSize, across, y)} />
      {line && <path class="line class-1" d={line} />}
      {isAbove && textWidth(above) < box.right - box.left && (
        <text class="halo" x={round(box.left + 8)} y={round(box.top + 16)}>
          {above}
        </text>
      )}
      <text
        class="strong halo"
        x={round(box.right - 4)}
        // On the side of the line that the curve does not end on, within the area.
        y={round(height + (height > box.bottom - 24 || (height > box.top + 20 && (last ?? 0) < size) ? -6 : 16))}
        text-anchor="end"
      >
        {isOneSize ? settingInWords(spec, 'batchSize') : `batch size, at last ${wholeNumber(size)}`}
      </text>
      {diverged && (
        <text class="diverged halo" x={round((box.left + box.right) / 2)} y={round(box.top + 36)} text-anchor="middle">
          diverged
        </text>
      )}
    </g>
  )
}

/** The cursor: a vertical line and a dot on the curve. */
function Cursor({ layout: { box, x, y, noise }, stop }: { layout: Layout; stop: number }) {
  const at = round(x(noise.epochs[stop] ?? 0))
  const value = noise.noiseScale[stop] ?? null
  return (
    <g>
      <line class="cursor" x1={at} x2={at} y1={box.top} y2={box.bottom} />
      {value !== null && <circle class="dot class-1" cx={at} cy={round(y(value))} r={4} />}
    </g>
  )
}

function exploreNoise({ box, x, noise }: Layout): Explorer {
  const { epochs, noiseScale, noiseShare } = noise
  const where = (stop: number) => `epoch ${epochs[stop]}`
  const brief = (stop: number) => `${where(stop)}: noise scale ${amount(noiseScale[stop])}`
  return {
    stops: epochs.length,
    nearest: (at) =>
      at.x >= box.left - 8 && at.x <= box.right + 8 && at.y >= box.top && at.y <= box.bottom
        ? Math.round((x.invert(at.x) / epochs.at(-1)!) * (epochs.length - 1))
        : undefined,
    read: (stop) => `${brief(stop)} examples, ${percent(noiseShare[stop])} of a batch’s squared gradient is noise`,
    brief,
  }
}

const gradientNoise: ChartType = {
  summary: 'The noise scale of the first run’s gradients by epoch, beside the batch size',
  example: 'batchSize=32&epochs=100',
  isOfSeveral: false,
  needs: ['noise'],
  switches: [],
  height: (_, width) => Math.round(width * (width >= wide ? 0.5 : 0.95)),
  draw: ({ results: [result], noise }, frame) => <GradientNoise result={result} noise={present(noise)} {...frame} />,
  explore: ({ noise }, size) => exploreNoise(layoutOf(present(noise), size)),
  takeaway: ({ results: [result], noise }) => takeawayOfNoise(result, present(noise)),
}

export default gradientNoise
