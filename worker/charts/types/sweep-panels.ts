/**
 * The layout of a sweep chart: its lines, the settings on the horizontal axis, and two panels, one for test accuracy
 * and one for instability.
 */
import { extent } from 'd3-array'

import type { ExperimentResult, Spread } from '#experiment/result/result.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import { batchRows } from '#experiment/spec/training-size.ts'

import { wide } from '../axes/curve-panels.ts'
import { endDomain } from '../axes/curve-scales.ts'
import type { Box, Size } from '../axes/frame.tsx'
import { niceLinear, niceLog, scaleLinear, scaleLog, type Scale } from '../axes/scale.ts'
import type { Explorer } from '../explorer.ts'
import { differencesInWords, fieldInWords, settingInWords } from '../text/experiment-names.ts'
import { digitsOf, spread } from '../text/format.ts'
import { textWidth } from '../text/text-width.ts'

/** A value of the field on the horizontal axis. */
interface Setting {
  name: string
  position: number
}

/** A result with its position on the horizontal axis. */
interface PositionedResult {
  result: ExperimentResult
  position: number
}

/** A line: results that differ only in the field on the horizontal axis, in ascending order. */
export interface SweepLine {
  /** What distinguishes its results from other lines; empty if there is only one line. */
  name: string
  points: PositionedResult[]
}

/** A panel with one quantity against the field on the horizontal axis. */
export interface SweepPanel {
  quantity: 'accuracy' | 'instability'
  title: string
  box: Box
  x: Scale
  y: Scale
  ticks: number[]
}

/** The layout of a sweep. */
export interface SweepLayout {
  /** The field on the horizontal axis. */
  field: SpecField
  settings: Setting[]
  lines: SweepLine[]
  panels: SweepPanel[]
}

/** Space for tick labels of the vertical axes, between the panels, and at the right. */
const left = 56
const gap = 12
const right = 8
/** Space for half of a setting's name at both ends of an axis. */
const inset = 12
/** The ratio of largest to smallest value from which an axis is logarithmic. */
const farApart = 8
/** The least gap between the names of two settings in pixels. */
const nameGap = 4

/** The mean and spread of a quantity in a result. */
export function quantityOf({ summary }: ExperimentResult, quantity: SweepPanel['quantity']): Spread {
  return quantity === 'accuracy' ? summary.final['testAccuracy'] : summary.instability
}

/** The positions of results: numbers at their value, words in their order. */
function positionResults(results: readonly ExperimentResult[], field: SpecField): PositionedResult[] {
  const names = [...new Set(results.map(({ spec }) => String(spec[field])))]
  const positionOf = (spec: ExperimentSpec) => {
    const value = field === 'batchSize' ? batchRows(spec) : spec[field]
    return typeof value === 'number' ? value : names.indexOf(String(value))
  }
  return results.map((result) => ({ result, position: positionOf(result.spec) }))
}

/** The settings of a sweep, in ascending order. */
function settingsOf(positioned: readonly PositionedResult[], field: SpecField): Setting[] {
  const names = new Map(positioned.map(({ result, position }) => [position, String(result.spec[field])]))
  return Array.from(names, ([position, name]) => ({ name, position })).sort((a, b) => a.position - b.position)
}

/** The lines of a sweep, each in ascending order. If every line would be a single point, they are joined to one. */
function linesOf(positioned: readonly PositionedResult[], others: readonly SpecField[]): SweepLine[] {
  const lines = new Map<string, PositionedResult[]>()
  for (const one of positioned) {
    const name = others.map((field) => settingInWords(one.result.spec, field)).join(', ')
    lines.set(name, [...(lines.get(name) ?? []), one])
  }
  const isInStep =
    lines.size === positioned.length && new Set(positioned.map(({ position }) => position)).size === lines.size
  return (isInStep ? [['', [...positioned]] as const] : Array.from(lines)).map(([name, points]) => ({
    name,
    points: [...points].sort((a, b) => a.position - b.position),
  }))
}

/** Lays out a sweep: panels side by side on a wide screen, one below the other on a narrow one. */
export function sweepLayout(
  results: readonly ExperimentResult[],
  varied: readonly SpecField[],
  { width, height }: Size,
): SweepLayout {
  const [field = 'batchSize', ...others] = varied
  const positioned = positionResults(results, field)
  const settings = settingsOf(positioned, field)
  const lines = linesOf(positioned, others)
  const top = lines.length > 1 ? 64 : 32
  const isWide = width >= wide
  const panelWidth = isWide ? (width - 2 * left - gap - right) / 2 : width - left - right
  const panelHeight = isWide ? height - top - 44 : (height - top - 44 - 80) / 2
  const boxAt = (from: number, above: number): Box => ({
    left: from,
    top: above,
    right: from + panelWidth,
    bottom: above + panelHeight,
  })
  const first = boxAt(left, top)
  const second = isWide ? boxAt(left + panelWidth + gap + left, top) : boxAt(left, top + panelHeight + 80)
  return {
    field,
    settings,
    lines,
    panels: [panelOf('accuracy', results, settings, first), panelOf('instability', results, settings, second)],
  }
}

function panelOf(
  quantity: SweepPanel['quantity'],
  results: readonly ExperimentResult[],
  settings: readonly Setting[],
  box: Box,
): SweepPanel {
  const values = results.flatMap((result) => {
    const { mean, p10, p90 } = quantityOf(result, quantity)
    return [mean, p10, p90].filter((value) => value !== null)
  })
  const [least = 0, most = 1] = extent(values)
  const range = [box.bottom, box.top] as const
  const x = horizontal(settings, box)
  if (quantity === 'accuracy') {
    const y = scaleLinear(endDomain([least, most]), range)
    return { quantity, title: 'test accuracy', box, x, y, ticks: y.ticks(4) }
  }
  if (least > 0 && most / least >= farApart) {
    const y = scaleLog(niceLog([least, most]), range)
    const ticks = y.ticks(5).filter((value) => /^[125]/.test(value.toExponential()))
    return { quantity, title: 'instability (log scale)', box, x, y, ticks }
  }
  const y = scaleLinear(niceLinear([0, most || 1], 4), range)
  return { quantity, title: 'instability', box, x, y, ticks: y.ticks(4) }
}

function horizontal(settings: readonly Setting[], box: Box): Scale {
  const [least = 0, most = 1] = extent(settings, ({ position }) => position)
  const inner = [box.left + inset, box.right - inset] as const
  if (least > 0 && most / least >= farApart) return scaleLog([least, most], inner)
  return scaleLinear(least === most ? [least - 1, most + 1] : [least, most], inner)
}

/** The title of the horizontal axis, such as `batch size`. */
export function axisTitle({ field }: SweepLayout): string {
  return fieldInWords(field)
}

/** The settings whose names fit on the axis; of two that would overlap, the later one. */
export function namedSettings(settings: readonly Setting[], x: Scale): Setting[] {
  const named: Setting[] = []
  for (const setting of [...settings].reverse()) {
    const next = named[0]
    const space = next ? x(next.position) - x(setting.position) : Infinity
    if (space >= (textWidth(setting.name) + textWidth(next?.name ?? '')) / 2 + nameGap) named.unshift(setting)
  }
  return named
}

/** The explorer of a sweep. */
export function exploreSweep(varied: readonly SpecField[], layout: SweepLayout): Explorer {
  const { panels, settings, lines, field } = layout
  const at = (stop: number) =>
    lines.flatMap(({ points }) => points.filter(({ position }) => position === settings[stop]!.position))
  return {
    stops: settings.length,
    nearest: ({ x, y }) => {
      const panel = panels.find(
        ({ box }) => x >= box.left && x <= box.right && y >= box.top - 20 && y <= box.bottom + 24,
      )
      if (!panel) return undefined
      const distances = settings.map(({ position }) => Math.abs(panel.x(position) - x))
      return distances.indexOf(Math.min(...distances))
    },
    read: (stop) =>
      at(stop)
        .map(({ result }) => {
          const [accuracy, instability] = (['accuracy', 'instability'] as const).map((quantity) =>
            spread(quantityOf(result, quantity), digitsOf[quantity]),
          )
          return `${differencesInWords(result, varied)}: test accuracy ${accuracy}, instability ${instability}`
        })
        .join('; '),
    brief: (stop) => settingInWords(at(stop)[0]!.result.spec, field),
  }
}
