/**
 * The histogram chart: the final test accuracies over the seeds of one or two experiments, with the mean and its 95 %
 * interval. Two experiments are drawn one below the other on the same axes.
 */
import { useMemo } from 'preact/hooks'

import { meanInterval, type Interval } from '#experiment/result/confidence-interval.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { sampleDeviation } from '#experiment/result/statistics.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import { trainRows } from '#experiment/spec/training-size.ts'

import { binsOf, type Bin } from '../axes/bins.ts'
import { AxisX, AxisY, Chart, round, titleIndent, type Box, type Frame, type Size } from '../axes/frame.tsx'
import { scaleLinear, type Scale } from '../axes/scale.ts'
import type { ChartType, Subject } from '../chart-type.ts'
import type { Explorer } from '../explorer.ts'
import { EmptyState, emptyStateHeight } from '../marks/empty-state.tsx'
import { differencesInWords, titleOfOne, titleOfSeveral } from '../text/experiment-names.ts'
import { decimal, spread, wholeNumber } from '../text/format.ts'
import { boldWidth, shortened, textWidth } from '../text/text-width.ts'

/** The most experiments. */
const most = 2
/** The space around the panels, between them, and the height of one, in pixels. */
const around = { left: titleIndent, right: 16, top: 52, bottom: 44, between: 58 }
const panelHeight = { one: 190, two: 120 }
/** The space above the bars in which the mean is marked, in pixels. */
const markSpace = 26

/** The accuracies of an experiment. */
interface Group {
  name: string
  values: number[]
  /** The numbers of all runs, and of those that diverged. */
  runs: number
  diverged: number
  mean: Interval
}

interface Histogram {
  groups: Group[]
  bins: Bin[]
}

/** The experiments that are compared: the first two, or the first and the pinned one. */
function comparedOf({ results, pinned }: Pick<Subject, 'results' | 'pinned'>): ExperimentResult[] {
  const [first, second = pinned] = results
  return second ? [first, second] : [first]
}

const finalAccuracies = ({ runs }: ExperimentResult): number[] =>
  runs.flatMap(({ final: { testAccuracy } }) => (testAccuracy === null ? [] : [testAccuracy]))

type Compared = Pick<Subject, 'results' | 'varied' | 'pinned'>

function histogramOf(subject: Compared): Histogram {
  const compared = comparedOf(subject)
  const groups = compared.map((result) => {
    const values = finalAccuracies(result)
    const { runs, diverged } = result.summary
    return {
      name: differencesInWords(result, variedOf(subject)),
      values,
      runs,
      diverged,
      mean: meanInterval(values),
    }
  })
  const examples = Math.min(...compared.map(({ spec }) => spec.examples - trainRows(spec)))
  return {
    groups,
    bins: binsOf(
      groups.map(({ values }) => values),
      examples,
    ),
  }
}

/** The fields in which the experiments differ; those of a pinned one are not among the varied ones. */
function variedOf({ results: [first], varied, pinned }: Compared): readonly SpecField[] {
  if (varied.length > 0 || !pinned) return varied
  const fields = Object.keys(first.spec) as SpecField[]
  return fields.filter((field) => first.spec[field] !== pinned.spec[field])
}

/** Whether there is anything to spread: two values in some group. */
const isDrawn = ({ groups }: Histogram) => groups.some(({ values }) => values.length > 1)

interface Layout {
  panels: { box: Box; y: Scale; group: Group; index: number }[]
  x: Scale
  bins: readonly Bin[]
  /** The highest count, at the top of the bars. */
  highest: number
}

function heightOf(histogram: Histogram, width: number): number {
  if (!isDrawn(histogram)) return emptyStateHeight(takeawayOf(histogram), width)
  const { length } = histogram.groups
  const each = length > 1 ? panelHeight.two : panelHeight.one
  return around.top + length * each + (length - 1) * around.between + around.bottom
}

function layoutOf({ groups, bins }: Histogram, { width, height }: Size): Layout {
  const gaps = (groups.length - 1) * around.between
  const each = (height - around.top - around.bottom - gaps) / groups.length
  const [left, right] = [around.left, width - around.right]
  const [low, high] = [bins[0]!.low, bins.at(-1)!.high]
  const highest = Math.max(...bins.flatMap(({ counts }) => counts))
  return {
    x: scaleLinear([low - (high - low) * 0.04, high + (high - low) * 0.04], [left, right]),
    panels: groups.map((group, index) => {
      const top = around.top + index * (each + around.between)
      const box = { left, right, top, bottom: top + each }
      return { box, y: scaleLinear([0, highest], [box.bottom, box.top + markSpace]), group, index }
    }),
    bins,
    highest,
  }
}

function HistogramChart({ subject, cursor, ...frame }: Frame & { subject: Subject }) {
  const { width, height } = frame
  const { results, varied, pinned } = subject
  const histogram = useMemo(() => histogramOf({ results, varied, pinned }), [results, varied, pinned])
  const layout = useMemo(
    () => (isDrawn(histogram) ? layoutOf(histogram, { width, height }) : undefined),
    [histogram, width, height],
  )
  const still = useMemo(() => layout && <Still layout={layout} width={width} />, [layout, width])
  const words = takeawayOf(histogram)
  const title =
    results.length > 1
      ? titleOfSeveral('Final test accuracies', results, varied)
      : titleOfOne('Final test accuracies over the seeds', results[0])
  return (
    <Chart
      {...frame}
      title={title}
      description={() => words}
      over={layout && cursor !== undefined && <Cursor layout={layout} stop={cursor} />}
    >
      {still ?? <EmptyState words={words} width={width} isDiverged={histogram.bins.length === 0} />}
    </Chart>
  )
}

function Still({ layout, width }: { layout: Layout; width: number }) {
  const { panels, x } = layout
  const last = panels.at(-1)!.box
  return (
    <g>
      {panels.map(({ box, y, group, index }) => (
        <g key={group.name}>
          <text class="strong" x={0} y={round(box.top - 36)}>
            {headingOf(group, panels.length === 1, width / boldWidth)}
          </text>
          <AxisY scale={y} box={box} title="runs" ticks={y.ticks(4).filter(Number.isInteger)} />
          <g class={`class-${index}`}>
            <Bars layout={layout} y={y} index={index} />
          </g>
          <Mean x={x} box={box} mean={group.mean} />
        </g>
      ))}
      <AxisX scale={x} box={last} title="final test accuracy" ticks={ticksOf(x, last)} />
    </g>
  )
}

/** Round accuracies with enough space between them. */
function ticksOf(x: Scale, box: Box): number[] {
  return x.ticks(Math.max(2, Math.min(8, Math.floor((box.right - box.left) / 90))))
}

function Bars({ layout: { x, bins }, y, index }: { layout: Layout; y: Scale; index: number }) {
  const bottom = round(y(0))
  const bars = bins
    .filter(({ counts }) => counts[index]! > 0)
    .map(({ low, high, counts }) => {
      const [left, right, top] = [round(x(low) + 0.5), round(x(high) - 0.5), round(y(counts[index]!))]
      return `M${left} ${bottom}V${top}H${right}V${bottom}z`
    })
  // If every run diverged, there is nothing to draw.
  return bars.length > 0 ? <path class="count" d={bars.join('')} /> : null
}

/** The mean as a dot with its interval as a line, above the bars. */
function Mean({ x, box, mean: { value, low, high } }: { x: Scale; box: Box; mean: Interval }) {
  if (Number.isNaN(value)) return null
  const y = round(box.top + 10)
  return (
    <g>
      <path class="reference" d={`M${round(x(value))} ${y}V${round(box.bottom)}`} />
      {!Number.isNaN(low) && (
        <path
          class="outline"
          d={`M${round(x(low))} ${y}H${round(x(high))}M${round(x(low))} ${y - 4}v8M${round(x(high))} ${y - 4}v8`}
        />
      )}
      <circle class="dot" cx={round(x(value))} cy={y} r={4} />
    </g>
  )
}

/** The name of an experiment, if there are two, and its mean with the interval: as much as fits. */
function headingOf({ name, mean: { value, low, high } }: Group, isOne: boolean, width: number): string {
  const before = isOne ? 'mean' : `${name}: mean`
  const choices = [
    ...(Number.isNaN(low)
      ? []
      : ['95\u00a0% interval', '95\u00a0%:'].map(
          (what) => `${before} ${decimal(value)}, ${what} ${decimal(low)} to ${decimal(high)}`,
        )),
    Number.isNaN(value) ? `${isOne ? '' : `${name}: `}no run ended` : `${before} ${decimal(value)}`,
  ]
  return choices.find((words) => textWidth(words) <= width) ?? shortened(isOne ? choices.at(-1)! : name, width)
}

/** The cursor: an outline around the bars of a bin. */
function Cursor({ layout: { x, bins, panels }, stop }: { layout: Layout; stop: number }) {
  const bin = bins[stop]
  if (!bin) return null
  const [left, right] = [round(x(bin.low)), round(x(bin.high))]
  return (
    <g>
      {panels.map(({ box, y, index }) => {
        const top = Math.min(y(bin.counts[index]!), y(0) - 3)
        return (
          <rect
            key={index}
            class="ring"
            x={left}
            y={round(top)}
            width={round(right - left)}
            height={round(box.bottom - top)}
          />
        )
      })}
    </g>
  )
}

function exploreHistogram(histogram: Histogram, size: Size): Explorer {
  if (!isDrawn(histogram)) {
    const words = () => takeawayOf(histogram)
    return { stops: 1, nearest: () => undefined, read: words, brief: words }
  }
  const { x, bins, panels } = layoutOf(histogram, size)
  const { groups } = histogram
  const read = (stop: number) => {
    const { first, last, counts } = bins[stop]!
    const where = first === last ? decimal(first) : `${decimal(first)} to ${decimal(last)}`
    const each = groups.map(
      ({ name, values }, index) =>
        `${groups.length > 1 ? `${name} ` : ''}${wholeNumber(counts[index]!)} of ${wholeNumber(values.length)} runs`,
    )
    return `test accuracy ${where}: ${each.join('; ')}`
  }
  return {
    stops: bins.length,
    nearest(at) {
      const isIn = panels.some(({ box }) => at.y >= box.top && at.y <= box.bottom + 8)
      const found = bins.findIndex(({ low, high }) => at.x >= x(low) && at.x <= x(high))
      return isIn && found >= 0 ? found : undefined
    },
    read,
    brief: read,
  }
}

/** Mean, standard deviation and range of one experiment. */
function groupInWords({ name, values, runs, diverged }: Group, isOne: boolean): string {
  const of = isOne ? '' : ` with ${name}`
  const lost = diverged > 0 ? ` ${wholeNumber(diverged)} of ${wholeNumber(runs)} runs diverged.` : ''
  if (values.length === 0) return runs === 1 ? `The run${of} diverged.` : `All runs${of} diverged.`
  const average = values.reduce((sum, value) => sum + value, 0) / values.length
  if (values.length === 1)
    return `One run${of} gives one accuracy, ${decimal(average)}: its spread takes several seeds.${lost}`
  const statistics = spread({ mean: average, sd: sampleDeviation(values) })
  const range = `${decimal(Math.min(...values))} to ${decimal(Math.max(...values))}`
  return `In ${wholeNumber(values.length)} runs${of}, test accuracy ends at ${statistics} (mean and standard deviation), from ${range}.${lost}`
}

function takeawayOf({ groups }: Histogram): string {
  return groups.map((group) => groupInWords(group, groups.length === 1)).join(' ')
}

const histogram: ChartType = {
  summary: 'The final test accuracies over the seeds of one or two experiments',
  example: 'batchSize=4,32&seeds=20&epochs=50',
  isOfSeveral: true,
  most,
  needs: ['training'],
  switches: [],
  height: (subject, width) => heightOf(histogramOf(subject), width),
  draw: (subject, frame) => <HistogramChart subject={subject} {...frame} />,
  explore: (subject, size) => exploreHistogram(histogramOf(subject), size),
  takeaway: (subject) => takeawayOf(histogramOf(subject)),
}

export default histogram
