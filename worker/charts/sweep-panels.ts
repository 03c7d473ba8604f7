/**
 * Where the results of a sweep lie: its lines, its settings on the horizontal axis, and two panels, one for test
 * accuracy and one for instability.
 */
import { extent } from 'd3-array'
import { scaleLinear, scaleLog } from 'd3-scale'

import type { ExperimentResult, Spread } from '#experiment/result.ts'
import { batchRows } from '#experiment/rows.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec.ts'

import type { Explorer } from './explorer.ts'
import { digitsOf, spread, tick } from './format.ts'
import type { Box, Scale, Size } from './frame.tsx'
import { wide } from './panels.ts'
import { valueTicks } from './scales.ts'
import { completeView } from './view.ts'
import { apartInWords, fieldInWords, settingInWords, variedFields } from './words.ts'

/** A value of the setting that varies. */
interface Setting {
  name: string
  position: number
}

/** One quantity against the setting. */
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
  /** The setting on the horizontal axis, in words. */
  axisTitle: string
  settings: Setting[]
  panels: SweepPanel[]
}

/** Results that differ in the setting of the horizontal axis alone. */
export interface SweepLine {
  /** What its results have in common that others have not; empty where there is one line. */
  name: string
  results: ExperimentResult[]
}

/** From this ratio on, values are shown on a logarithm. */
const farApart = 8
/** How near the names of two settings may come, in pixels. */
const nameWidth = 28

/** The setting on the horizontal axis. */
function axisField(results: readonly ExperimentResult[]): SpecField {
  return variedFields(results)[0] ?? 'batchSize'
}

/** Where a spec lies on the horizontal axis; names have no number, and stand in their order. */
function numberOf(spec: ExperimentSpec, field: SpecField): number | undefined {
  const value = field === 'batchSize' ? batchRows(spec) : spec[field]
  return typeof value === 'number' ? value : undefined
}

/** The value that a quantity has in a result, with its spread over the runs. */
export function quantityOf({ summary }: ExperimentResult, quantity: SweepPanel['quantity']): Spread {
  return quantity === 'accuracy' ? summary.final['testAccuracy'] : summary.instability
}

/** The settings of a sweep, in ascending order where they are numbers. */
function settingsOf(results: readonly ExperimentResult[]): Setting[] {
  const field = axisField(results)
  const named = new Map<string, number>()
  for (const { spec } of results) {
    const name = String(spec[field])
    if (!named.has(name)) named.set(name, numberOf(spec, field) ?? named.size)
  }
  return Array.from(named, ([name, position]) => ({ name, position })).toSorted((a, b) => a.position - b.position)
}

/** Where a result lies on the horizontal axis. */
export function positionOf({ spec }: ExperimentResult, results: readonly ExperimentResult[]): number {
  const name = String(spec[axisField(results)])
  return settingsOf(results).find((setting) => setting.name === name)!.position
}

/** The lines of a sweep, each in the order of its settings. */
export function linesOfSweep(results: readonly ExperimentResult[]): SweepLine[] {
  const others = variedFields(results).slice(1)
  const lines = new Map<string, ExperimentResult[]>()
  for (const result of results) {
    const name = others.map((field) => settingInWords(result.spec, field)).join(', ')
    lines.set(name, [...(lines.get(name) ?? []), result])
  }
  return Array.from(lines, ([name, of]) => ({
    name,
    results: of.toSorted((a, b) => positionOf(a, results) - positionOf(b, results)),
  }))
}

/** The panels of a sweep: side by side on a wide screen, one below the other on a phone. */
export function sweepPanels(results: readonly ExperimentResult[], { width, height }: Size): SweepLayout {
  const settings = settingsOf(results)
  const hasLegend = linesOfSweep(results).length > 1
  const top = hasLegend ? 64 : 32
  const isWide = width >= wide
  const panelWidth = isWide ? (width - 52 - 56 - 8) / 2 : width - 52 - 8
  const panelHeight = isWide ? height - top - 44 : (height - top - 44 - 80) / 2
  const boxAt = (left: number, above: number): Box => ({
    left,
    top: above,
    right: left + panelWidth,
    bottom: above + panelHeight,
  })
  const first = boxAt(44, top)
  const second = isWide ? boxAt(44 + panelWidth + 64, top) : boxAt(44, top + panelHeight + 80)
  return {
    axisTitle: fieldInWords(axisField(results)),
    settings,
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
  const range = [box.bottom, box.top]
  const x = horizontal(settings, box)
  if (quantity === 'accuracy') {
    const y = scaleLinear(least >= 0.1 && most <= 0.9 ? [0.1, 0.9] : [0, 1], range)
    return { quantity, title: 'test accuracy', box, x, y, ticks: valueTicks(y, completeView()) }
  }
  if (least > 0 && most / least >= farApart) {
    const y = scaleLog([least, most], range).nice()
    const ticks = y.ticks(5).filter((value) => /^[125]/.test(value.toExponential()))
    return { quantity, title: 'instability (log scale)', box, x, y, ticks }
  }
  const y = scaleLinear([0, most || 1], range).nice(4)
  return { quantity, title: 'instability', box, x, y, ticks: y.ticks(4) }
}

function horizontal(settings: readonly Setting[], { left, right }: Box): Scale {
  const [least = 0, most = 1] = extent(settings, ({ position }) => position)
  const inner = [left + 14, right - 14]
  if (least > 0 && most / least >= farApart) return scaleLog([least, most], inner)
  return scaleLinear(least === most ? [least - 1, most + 1] : [least, most], inner)
}

/** The settings whose names have room on an axis: of two that are too near, the later. */
export function namedSettings(settings: readonly Setting[], x: Scale): Setting[] {
  return settings.filter(({ position }, index) => {
    const next = settings[index + 1]
    return next === undefined || x(next.position) - x(position) >= nameWidth
  })
}

/** What the cursor can do in a sweep. */
export function exploreSweep(results: readonly ExperimentResult[], { panels, settings }: SweepLayout): Explorer {
  const isAt = (result: ExperimentResult, stop: number) => positionOf(result, results) === settings[stop]!.position
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
    read: (stop) => {
      return results
        .filter((result) => isAt(result, stop))
        .map((result) => {
          const [accuracy, instability] = (['accuracy', 'instability'] as const).map((quantity) =>
            spread(quantityOf(result, quantity), digitsOf[quantity]),
          )
          return `${apartInWords(result, results)}: test accuracy ${accuracy}, instability ${instability}`
        })
        .join('; ')
    },
    brief: (stop) => settingInWords(results.find((result) => isAt(result, stop))!.spec, axisField(results)),
  }
}

/** A setting's value as a tick. */
export function settingName(settings: readonly Setting[], position: number): string {
  return settings.find((setting) => setting.position === position)?.name ?? tick(position)
}
