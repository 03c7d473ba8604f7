/**
 * The parts of learning curves: the whole runs, and their enlarged last quarter, over which instability is measured.
 *
 * For several runs, the whole part has faint lines under their mean and a band of the middle 80 %. In the last quarter,
 * and in small panels, the first run represents all over the band, since a mean would smooth away what is to be
 * compared.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { windowOf } from '#experiment/result/window.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Panel } from '../axes/curve-panels.ts'
import { classOfSide, otherSide, type Side } from '../sides.ts'
import { linesOf, type View } from '../view.ts'
import type { Column } from './compact-path.ts'

/** A part of a run. */
export type CurvePart = 'whole' | 'detail'

/** The layers that are drawn for one metric. */
export interface Layers {
  /** The class of its marks. */
  name: 'train' | 'test'
  /** Individual runs, drawn faintly. */
  runs: readonly Column[]
  /** The lower and the upper edge of the band. */
  band: readonly [Column, Column] | undefined
  /** The main line. */
  main: Column
}

/** Whether a result has an enlarged last quarter. Runs that are too short have none, as they have no instability. */
export function isDetailed({ spec }: Pick<ExperimentResult, 'spec'>): boolean {
  return windowOf(spec) > 0
}

/** The first epoch of the last quarter, counted from 1. */
export function firstOfDetail(spec: Pick<ExperimentSpec, 'epochs'>): number {
  return spec.epochs - windowOf(spec) + 1
}

/** The layers of each metric, from back to front. */
export function layersOf({ runs, curves }: ExperimentResult, view: View, part: CurvePart, isSmall: boolean): Layers[] {
  return linesOf(view).map(({ name, metric }) => {
    const first = runs[0]?.history?.[metric]
    const spread = view.runs === 'all' ? curves?.[metric] : undefined
    if (!spread) return { name, runs: [], band: undefined, main: first ?? [] }
    const isOne = (isSmall || part === 'detail') && first !== undefined
    return {
      name,
      // Only for the test metric, since the lines of both would cover each other.
      runs: isOne || name === 'train' ? [] : runs.flatMap(({ history }) => (history ? [history[metric]] : [])),
      band: isOne && name === 'train' ? undefined : [spread.p10, spread.p90],
      main: isOne ? first : spread.mean,
    }
  })
}

/** Every column that is drawn in a part, in large or small panels. */
export function columnsOf(result: ExperimentResult, view: View, part: CurvePart): Column[] {
  return layersOf(result, view, part, false).flatMap(({ runs, band = [], main }) => [...runs, ...band, main])
}

/** A layer of a panel, the result that it belongs to, and its name in words. */
export interface PanelLayer extends Omit<Layers, 'name'> {
  name: Layers['name'] | (typeof classOfSide)[Side]
  result: ExperimentResult
  label: string
}

/**
 * The layers of a panel from back to front: those of its result or, in a comparison, the test metric of A and of B.
 * Individual runs are left out of a comparison, since two bundles of lines would cover each other.
 */
export function panelLayers(
  { result, isSmall, compared }: Pick<Panel, 'result' | 'isSmall' | 'compared'>,
  view: View,
  part: CurvePart,
): PanelLayer[] {
  if (!compared) return layersOf(result, view, part, isSmall).map((layer) => ({ ...layer, result, label: layer.name }))
  const pair: [Side, ExperimentResult][] = [
    [compared.side, result],
    [otherSide(compared.side), compared.other],
  ]
  return pair
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([side, own]) => {
      const test = layersOf(own, view, part, isSmall).at(-1)!
      return { ...test, runs: [], name: classOfSide[side], result: own, label: side }
    })
}
